import { credentialsProvider, secret } from "@fc-async/daemon";
import type { Credentials, CredentialsProvider } from "@fc-async/protocol";
import { describe, expect, test } from "vitest";
import { httpService, temporaryKey, type FakeAnswer, type FakeService } from "./token-services.ts";

interface Chain {
  readonly provider: CredentialsProvider;
  readonly service: FakeService;
  readonly pass: (elapsedMs: number) => void;
  answer: () => FakeAnswer | Promise<FakeAnswer>;
}

const keyAnswer = (accessKeyId: string): FakeAnswer => ({
  status: 200,
  body: JSON.stringify({ Code: "Success", ...temporaryKey(accessKeyId) }),
});

/** The vendor's library before a service whose keys are written to last three hours, and which it therefore asks once. */
async function chain(): Promise<Chain> {
  let nowMs = 1_000_000;
  let issued = 0;
  const state: Pick<Chain, "answer"> = { answer: () => keyAnswer(`STS.${(issued += 1)}`) };
  const service = await httpService(() => state.answer());
  const provider = credentialsProvider(
    { type: "uri", uri: `http://127.0.0.1:${service.port}/keys` },
    { now: () => nowMs },
  );
  return Object.assign(state, { provider, service, pass: (elapsedMs: number) => void (nowMs += elapsedMs) });
}

describe("case 20: a temporary key that is refused before its written end", () => {
  test("is fetched anew at once, past the vendor's cache", async () => {
    const { provider, service, pass } = await chain();
    const first = await provider();
    pass(60_000);
    expect(await provider()).toEqual(first);
    const second = await provider(first);
    expect([first.accessKeyId, second.accessKeyId]).toEqual(["STS.1", "STS.2"]);
    expect(await provider()).toEqual(second);
    expect(service.asked).toHaveLength(2);
  });

  test("is fetched once for ten regions that were refused at once, and for those that notice later", async () => {
    const { provider, service } = await chain();
    const first = await provider();
    const renewed = await Promise.all(Array.from({ length: 10 }, async () => provider(first)));
    expect(new Set(renewed.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(["STS.2"]));
    expect(await provider(first)).toMatchObject({ accessKeyId: "STS.2" });
    expect(service.asked).toHaveLength(2);
  });

  test("lets those who just begin a page wait for the new one, too", async () => {
    const scene = await chain();
    const { provider, service } = scene;
    const first = await provider();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<FakeAnswer>();
    scene.answer = () => {
      asked.resolve();
      return answer.promise;
    };
    const renewal = provider(first);
    await asked.promise;
    const begun = [provider(), provider()];
    answer.resolve(keyAnswer("STS.2"));
    for (const pair of await Promise.all([renewal, ...begun])) expect(pair.accessKeyId).toBe("STS.2");
    expect(service.asked).toHaveLength(2);
  });

  test("is not fetched again and again when the new one is refused as well", async () => {
    const { provider, service, pass } = await chain();
    const first = await provider();
    const second = await provider(first);
    expect(await provider(second)).toEqual(second);
    pass(4999);
    expect(await provider(second)).toEqual(second);
    expect(service.asked).toHaveLength(2);
    pass(1);
    expect(await provider(second)).toMatchObject({ accessKeyId: "STS.3" });
  });

  test("whose source fails is an error for all who ask, and is looked for again by the next one", async () => {
    const scene = await chain();
    const first = await scene.provider();
    const { answer } = scene;
    scene.answer = () => ({ status: 503, body: "" });
    const refusals = await Promise.allSettled([1, 2, 3].map(async () => scene.provider(first)));
    expect(refusals.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
    expect(scene.service.asked).toHaveLength(2);
    scene.answer = answer;
    expect(await scene.provider()).toMatchObject({ accessKeyId: "STS.2" });
  });
});

describe("keys of files that are refused", () => {
  function files(): { readonly provider: CredentialsProvider; secret: string; readonly reads: () => number } {
    let reads = 0;
    const state = { secret: "ExampleSecret1" };
    const provider = credentialsProvider(
      { type: "static", accessKeyId: "a", accessKeySecret: { file: "/k" }, securityToken: undefined },
      {
        now: () => 0,
        readFile: () => {
          reads += 1;
          return Promise.resolve(state.secret);
        },
      },
    );
    return Object.assign(state, { provider, reads: () => reads });
  }

  test("case 19: are read again at once, not a second later", async () => {
    const scene = files();
    const first = await scene.provider();
    scene.secret = "ExampleSecret2";
    expect(await scene.provider()).toEqual(first);
    expect(await scene.provider(first)).toMatchObject({ accessKeySecret: "ExampleSecret2" });
    expect(scene.reads()).toBe(2);
  });

  test("are not read again for a pair that was replaced already", async () => {
    const scene = files();
    const first = await scene.provider();
    scene.secret = "ExampleSecret2";
    await scene.provider(first);
    expect(await scene.provider(first)).toMatchObject({ accessKeySecret: "ExampleSecret2" });
    expect(scene.reads()).toBe(2);
  });

  test("of the configuration itself stay what they are", async () => {
    const pair: Credentials = { accessKeyId: "a", accessKeySecret: "ExampleSecret1" };
    const provider = credentialsProvider({
      type: "static",
      accessKeyId: pair.accessKeyId,
      accessKeySecret: secret(pair.accessKeySecret),
      securityToken: undefined,
    });
    expect(await provider(pair)).toEqual({ ...pair, securityToken: undefined });
  });
});
