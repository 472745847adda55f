import { verifyRequest, type ReceivedRequest } from "@fc-async/protocol/verify";
import { describe, expect, test } from "vitest";
import { acs3Recordings, fcRecordings, optionsFor, receivedFrom, type Recording } from "./recordings.ts";

const recordings = [...acs3Recordings, ...fcRecordings];

/** What the schemes leave open, and a verifier must not look at. */
const UNSIGNED_HEADERS = {
  acs3: ["user-agent", "accept", "x-fc-account-id", "x-fc-date", "x-fc-trace-id"],
  fc: ["user-agent", "accept", "host"],
} as const;

const schemeOf = (recording: Recording): "acs3" | "fc" => (fcRecordings.includes(recording) ? "fc" : "acs3");

function withHeader(request: ReceivedRequest, name: string, value: string): ReceivedRequest {
  return { ...request, headers: new Map([...request.headers, [name, value]]) };
}

/** The text with the byte at `index` replaced by another of its kind; never by its other case, which an escape does not tell apart. */
function changedAt(text: string, index: number): string {
  const old = text[index] ?? "";
  const kinds = [
    ["0", "1", /\d/],
    ["A", "B", /[A-Z]/],
    ["a", "b", /./],
  ] as const;
  const [first, second] = kinds.find(([, , kind]) => kind.test(old)) ?? kinds[2];
  return text.slice(0, index) + (old === first ? second : first) + text.slice(index + 1);
}

describe.each(recordings)("$name", (recording) => {
  const request = receivedFrom(recording);
  const options = optionsFor(recording);
  const scheme = schemeOf(recording);
  const unsigned: readonly string[] = UNSIGNED_HEADERS[scheme];

  test("is accepted as received", async () => {
    expect(await verifyRequest(request, options)).toMatchObject({
      ok: true,
      scheme,
      accessKeyId: recording.credential.accessKeyId,
    });
  });

  test("is refused after any byte of a signed header changed", async () => {
    for (const [name, value] of request.headers) {
      if (unsigned.includes(name)) continue;
      for (let index = 0; index < value.length; index++) {
        const changed = withHeader(request, name, changedAt(value, index));
        const verdict = await verifyRequest(changed, options);
        expect(verdict.ok, `${name} at ${index}: ${value}`).toBe(false);
      }
    }
  });

  test("is accepted after an unsigned header changed, and only those are unsigned", async () => {
    for (const name of unsigned) {
      if (!request.headers.has(name)) continue;
      expect(await verifyRequest(withHeader(request, name, "changed"), options), name).toMatchObject({ ok: true });
    }
  });

  test("is refused after any byte of method or path changed", async () => {
    const [path = "", query] = request.target.split("?");
    for (let index = 1; index < path.length; index++) {
      const target = changedAt(path, index) + (query === undefined ? "" : `?${query}`);
      expect((await verifyRequest({ ...request, target }, options)).ok, target).toBe(false);
    }
    for (const method of ["POST", "get", "GETT"]) {
      expect((await verifyRequest({ ...request, method }, options)).ok, method).toBe(false);
    }
  });

  test("is refused after any byte of the query changed, unless the scheme leaves the query unsigned", async () => {
    const [path = "", query = ""] = request.target.split("?");
    const isSigned = scheme === "acs3" || path.includes("/proxy/");
    for (let index = 0; index < query.length; index++) {
      const target = `${path}?${changedAt(query, index)}`;
      const verdict = await verifyRequest({ ...request, target }, options);
      // An escape may have become malformed: that is a refusal under either scheme.
      expect(verdict.ok, target).toBe(!isSigned && isWellFormed(target));
    }
    const extended = `${request.target}${query === "" ? "?" : "&"}x=1`;
    expect((await verifyRequest({ ...request, target: extended }, options)).ok).toBe(!isSigned);
  });

  test("is refused with another secret, token, key or body", async () => {
    const key = recording.credential;
    const wrong = [
      { findKey: () => ({ ...key, accessKeySecret: `${key.accessKeySecret}x` }) },
      { findKey: () => ({ ...key, securityToken: `${key.securityToken ?? ""}x` }) },
      { findKey: () => undefined },
    ];
    for (const change of wrong) expect((await verifyRequest(request, { ...options, ...change })).ok).toBe(false);
    const withBody = { ...request, bodySha256Hex: "0".repeat(64) };
    // The FC scheme signs the body only through Content-MD5.
    expect((await verifyRequest(withBody, options)).ok).toBe(scheme === "fc");
  });
});

function isWellFormed(target: string): boolean {
  try {
    decodeURIComponent(target);
    return true;
  } catch {
    return false;
  }
}
