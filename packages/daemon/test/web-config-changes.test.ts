import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, openWebConfig, webConfigProblems, type WebConfigSource } from "@fc-async/daemon";
import { expect, test, vi } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";

const HASH = "$2y$04$GghNszsv.OTNLm1mFh4OC.yUn/sjQWPYtoh4CmktS/9z7mz4IH2lK";
const usersOf = (...names: readonly string[]): string =>
  JSON.stringify({ basic_auth_users: Object.fromEntries(names.map((name) => [name, HASH])) });

async function opened(text: string, now?: () => number) {
  const file = join(await temporaryDirectory(), "web.yml");
  await writeFile(file, text);
  const onProblem = vi.fn<(problem: string) => void>();
  const onReload = vi.fn<() => void>();
  const web = await openWebConfig({ file, onProblem, onReload, now });
  return { file, web, onProblem, onReload };
}

const namesIn = async (web: WebConfigSource): Promise<string[]> => [...(await web.current()).users.keys()];

test("a change counts at the next look, and is told", async () => {
  const { file, web, onReload, onProblem } = await opened(usersOf("a"));
  expect(await namesIn(web)).toEqual(["a"]);
  await writeFile(file, usersOf("a", "b"));
  expect(await namesIn(web)).toEqual(["a", "b"]);
  await writeFile(`${file}.new`, usersOf("c"));
  await rename(`${file}.new`, file);
  expect(await namesIn(web)).toEqual(["c"]);
  expect(onReload).toHaveBeenCalledTimes(2);
  expect(onProblem).not.toHaveBeenCalled();
});

test("a change of the same length in the same moment counts", async () => {
  const { file, web } = await opened(usersOf("a"));
  const { atime, mtime } = await stat(file);
  await namesIn(web);
  await writeFile(file, usersOf("b"));
  await utimes(file, atime, mtime);
  expect(await namesIn(web)).toEqual(["b"]);
});

test("a file that was left alone is not read again", async () => {
  const { file, web } = await opened(usersOf("a"), () => Date.now() + 60_000);
  const { atimeNs } = await stat(file, { bigint: true });
  await namesIn(web);
  await utimes(file, new Date(0), (await stat(file)).mtime);
  await namesIn(web);
  const before = await stat(file, { bigint: true });
  for (let count = 0; count < 5; count += 1) await namesIn(web);
  const after = await stat(file, { bigint: true });
  expect(after.atimeNs).toBe(before.atimeNs);
  expect(after.atimeNs).not.toBe(atimeNs);
});

test("a file that became wrong leaves the last right one in force, and is told once with its place", async () => {
  const { file, web, onProblem, onReload } = await opened(usersOf("a"));
  await writeFile(file, `${usersOf("a", "b")}\nfoo: 1\n`);
  for (let count = 0; count < 3; count += 1) expect(await namesIn(web)).toEqual(["a"]);
  expect(onProblem.mock.calls).toEqual([
    [
      expect.stringMatching(
        /^the web config changed and is wrong, so the last right one stays in force: .*web\.yml:2:1: /u,
      ),
    ],
  ]);
  await writeFile(file, usersOf("b"));
  expect(await namesIn(web)).toEqual(["b"]);
  await rm(file);
  for (let count = 0; count < 3; count += 1) expect(await namesIn(web)).toEqual(["b"]);
  expect(onProblem).toHaveBeenCalledTimes(2);
  expect(onProblem).toHaveBeenLastCalledWith(expect.stringContaining("there is no such file"));
  await writeFile(file, usersOf("c"));
  expect(await namesIn(web)).toEqual(["c"]);
  expect(onReload).toHaveBeenCalledTimes(2);
});

test("a file that is emptied before it is written leaves nobody in", async () => {
  const { file, web, onProblem } = await opened(usersOf("a"));
  await writeFile(file, "");
  for (let count = 0; count < 3; count += 1) expect(await namesIn(web)).toEqual(["a"]);
  expect(onProblem.mock.calls).toEqual([
    [`${file} no longer has basic_auth_users, which stays in force until a restart`],
  ]);
  await writeFile(file, usersOf("b"));
  expect(await namesIn(web)).toEqual(["b"]);
});

test("many who look at once share one look", async () => {
  const { file, web, onReload } = await opened(usersOf("a"));
  await writeFile(file, usersOf("b"));
  const seen = await Promise.all(Array.from({ length: 50 }, () => namesIn(web)));
  expect(seen.flat()).toEqual(Array(50).fill("b"));
  expect(onReload).toHaveBeenCalledTimes(1);
});

test("a program does not start with a file that is wrong or not there, and can tell so beforehand", async () => {
  const folder = await temporaryDirectory();
  const file = join(folder, "web.yml");
  await expect(openWebConfig({ file, onProblem: () => undefined })).rejects.toThrow(ConfigError);
  expect(webConfigProblems(file)).toEqual([`${file}: there is no such file; check the path`]);
  await writeFile(file, "tls_server_config: { cert_file: none.crt, key_file: none.key }");
  expect(webConfigProblems(file)).toEqual([
    `${file}:1:33: tls_server_config.cert_file: the file ${join(folder, "none.crt")}: there is no such file; check the path`,
    `${file}:1:53: tls_server_config.key_file: the file ${join(folder, "none.key")}: there is no such file; check the path`,
  ]);
  await writeFile(file, "");
  expect(webConfigProblems(file)).toEqual([]);
  expect(webConfigProblems(undefined)).toEqual([]);
  expect(await readFile(file, "utf8")).toBe("");
});
