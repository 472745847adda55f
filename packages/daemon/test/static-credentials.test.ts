import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { credentialsProvider, secret } from "@fc-async/daemon";
import { FcCredentialsError } from "@fc-async/protocol";
import { expect, test } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";

function clock(): { now: () => number; pass: (elapsedMs: number) => void } {
  let nowMs = 1_000_000;
  return {
    now: () => nowMs,
    pass: (elapsedMs) => {
      nowMs += elapsedMs;
    },
  };
}

test("keys of the configuration are handed out as they are", async () => {
  const provider = credentialsProvider({
    type: "static",
    accessKeyId: "LTAI5tExampleKeyId0000",
    accessKeySecret: secret("ExampleSecret0000000000000000"),
    securityToken: secret("token"),
  });
  expect(await provider()).toEqual({
    accessKeyId: "LTAI5tExampleKeyId0000",
    accessKeySecret: "ExampleSecret0000000000000000",
    securityToken: "token",
  });
});

test("case 19: a rotated key file counts without a restart", async () => {
  const directory = await temporaryDirectory();
  const id = join(directory, "id");
  const key = join(directory, "secret");
  await writeFile(id, "LTAI5tExampleKeyId0000\n");
  await writeFile(key, "ExampleSecret0000000000000000\n");
  const { now, pass } = clock();
  const provider = credentialsProvider(
    { type: "static", accessKeyId: { file: id }, accessKeySecret: { file: key }, securityToken: undefined },
    { now },
  );
  expect(await provider()).toMatchObject({ accessKeyId: "LTAI5tExampleKeyId0000" });

  await writeFile(id, "LTAI5tExampleKeyId1111");
  await writeFile(key, "ExampleSecret1111111111111111");
  pass(1000);
  expect(await provider()).toEqual({
    accessKeyId: "LTAI5tExampleKeyId1111",
    accessKeySecret: "ExampleSecret1111111111111111",
    securityToken: undefined,
  });
});

test("files are read once a second at most, and once for all who ask at the same time", async () => {
  let reads = 0;
  const { now, pass } = clock();
  const readFile = () => {
    reads++;
    return Promise.resolve(`secret ${reads}`);
  };
  const config = {
    type: "static",
    accessKeyId: "a",
    accessKeySecret: { file: "f" },
    securityToken: undefined,
  } as const;
  const provider = credentialsProvider(config, { readFile, now });
  await Promise.all([provider(), provider(), provider()]);
  pass(999);
  await provider();
  expect(reads).toBe(1);
  pass(1);
  expect(await provider()).toMatchObject({ accessKeySecret: "secret 2" });
  pass(-3_600_000);
  expect(await provider()).toMatchObject({ accessKeySecret: "secret 3" });
});

test("a file that is gone or empty fails with its name, and counts again once it is back", async () => {
  const { now } = clock();
  const answers = [
    () => Promise.reject(Object.assign(new Error("ENOENT"), { code: "ENOENT" })),
    () => Promise.resolve(" \n"),
    () => Promise.resolve("ExampleSecret0000000000000000"),
  ];
  const readFile = () => answers.shift()?.() ?? Promise.reject(new Error("asked too often"));
  const config = {
    type: "static",
    accessKeyId: "a",
    accessKeySecret: { file: "/k" },
    securityToken: undefined,
  } as const;
  const provider = credentialsProvider(config, { readFile, now });
  await expect((async () => provider())()).rejects.toThrow(
    "The credentials file /k: there is no such file; check the path.",
  );
  await expect((async () => provider())()).rejects.toBeInstanceOf(FcCredentialsError);
  expect(await provider()).toMatchObject({ accessKeySecret: "ExampleSecret0000000000000000" });
});
