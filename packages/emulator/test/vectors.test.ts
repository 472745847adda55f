import { readFileSync } from "node:fs";
import { createEmulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { CONTRACT, numberedRows, REGION } from "./world.ts";

interface Vector {
  readonly name: string;
  readonly credential: {
    readonly accessKeyId: string;
    readonly accessKeySecret: string;
    readonly securityToken?: string;
  };
  readonly recorded: {
    readonly method: string;
    readonly requestTarget: string;
    readonly rawHeaders: readonly (readonly [string, string])[];
  };
}

/** Requests recorded from the vendor's SDKs; where they come from stands beside the files. */
function recordings(file: string): { readonly accountId: string; readonly vectors: readonly Vector[] } {
  return JSON.parse(readFileSync(new URL(`../../protocol/test/vectors/${file}`, import.meta.url), "utf8"));
}

/** Sends a recording to an emulator whose clock stands at the recording's own date, and answers what was logged. */
async function replay(file: string, name: string, secret?: string) {
  const { accountId, vectors } = recordings(file);
  const vector = vectors.find((candidate) => candidate.name === name);
  if (vector === undefined) throw new Error(`no recording ${name}`);
  const { credential, recorded } = vector;
  const headers = new Map(recorded.rawHeaders.map(([header, value]) => [header.toLowerCase(), value]));
  const key = { ...credential, accessKeySecret: secret ?? credential.accessKeySecret };
  const emulator = createEmulator({
    accounts: [{ accountId, accessKeys: [key], regions: { [REGION]: numberedRows(3) } }],
    now: () => Date.parse(headers.get("x-acs-date") ?? headers.get("date") ?? ""),
    contract: CONTRACT,
  });
  const host = headers.get("host") ?? "";
  const request = new Request(`http://${host}${recorded.requestTarget}`, {
    method: recorded.method,
    headers: recorded.rawHeaders.map(([header, value]) => [header, value]),
  });
  const answer = await emulator.handle(request);
  const record = emulator.requests[0];
  return { answer, status: record?.status, verdict: record?.verdict, code: record?.code };
}

const ACS3 = "fc-open20210406.acs3.json";
const FC = "fc2.fc-hmac-sha256.json";
const names = (file: string): string[] => recordings(file).vectors.map(({ name }) => name);

describe("requests recorded from @alicloud/fc-open20210406", () => {
  test.each(names(ACS3))("accepts the signature of %s", async (name) => {
    expect((await replay(ACS3, name)).verdict).toBe("ok");
  });

  test.each(names(ACS3))("refuses %s when one character of the secret differs", async (name) => {
    const { verdict, status, code } = await replay(ACS3, name, "ExampleSecret0000000000000001");
    expect({ verdict, status, code }).toEqual({
      verdict: "signature_mismatch",
      status: 403,
      code: "SignatureNotMatch",
    });
  });

  test.each(["no-params", "token-empty", "xfc-headers", "sts"])("answers %s with rows", async (name) => {
    const { answer } = await replay(ACS3, name);
    if (!(answer instanceof Response)) throw new Error("no answer");
    expect(await answer.json()).toEqual({ data: numberedRows(3), nextToken: "" });
  });

  test.each(["token-base64-reserved", "token-space-cjk", "token-sub-delims", "token-two-quotes", "limit-zero"])(
    "refuses the argument of %s, which it never gave out",
    async (name) => {
      const { status, code } = await replay(ACS3, name);
      expect({ status, code }).toEqual({ status: 400, code: "InvalidArgument" });
    },
  );
});

describe("requests recorded from @alicloud/fc2", () => {
  const paired = names(FC).filter((name) => name.startsWith("v2016/"));
  const unpaired = names(FC).filter((name) => !/^(?:v2016\/|control-|http-trigger)/.test(name));

  test.each(paired)("accepts the signature of %s", async (name) => {
    expect((await replay(FC, name)).verdict).toBe("ok");
  });

  test.each(paired)("refuses %s when one character of the secret differs", async (name) => {
    const { verdict, status, code } = await replay(FC, name, "ExampleSecret0000000000000001");
    expect({ verdict, status, code }).toEqual({
      verdict: "signature_mismatch",
      status: 403,
      code: "SignatureNotMatch",
    });
  });

  test.each(unpaired)("refuses %s, which takes the FC scheme to the 2021 path", async (name) => {
    expect((await replay(FC, name)).verdict).toBe("crossed_scheme");
  });

  test.each(["control-2016-list-services", "http-trigger-signed-query"])(
    "does not know the path of %s",
    async (name) => {
      expect((await replay(FC, name)).code).toBe("PathNotSupported");
    },
  );
});
