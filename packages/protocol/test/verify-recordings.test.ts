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

const everyIndex = (text: string): number[] => Array.from({ length: text.length }, (_, index) => index);

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

  /** The names of those changes that were accepted all the same. */
  async function acceptedOf(changes: Iterable<readonly [name: string, request: ReceivedRequest]>): Promise<string[]> {
    const accepted: string[] = [];
    for (const [name, changed] of changes) if ((await verifyRequest(changed, options)).ok) accepted.push(name);
    return accepted;
  }

  test("is refused after any byte of a signed header changed", async () => {
    const signed = [...request.headers].filter(([name]) => !unsigned.includes(name));
    const changes = signed.flatMap(([name, value]) =>
      Array.from(
        { length: value.length },
        (_byte, index) => [`${name}[${index}]`, withHeader(request, name, changedAt(value, index))] as const,
      ),
    );
    expect(changes.length).toBeGreaterThan(100);
    expect(await acceptedOf(changes)).toEqual([]);
  });

  test("is accepted after an unsigned header changed", async () => {
    const present = unsigned.filter((name) => request.headers.has(name));
    expect(await acceptedOf(present.map((name) => [name, withHeader(request, name, "changed")]))).toEqual(present);
  });

  test("is refused after any byte of method or path changed", async () => {
    const [path = "", ...query] = request.target.split("?");
    const paths = everyIndex(path).map((index) => [changedAt(path, index), ...query].join("?"));
    expect(await acceptedOf(paths.map((target) => [target, { ...request, target }]))).toEqual([]);
    expect(await acceptedOf(["POST", "get", "GETT"].map((method) => [method, { ...request, method }]))).toEqual([]);
  });

  test("is refused after any byte of the query changed, unless the scheme leaves the query unsigned", async () => {
    const [path = "", query = ""] = request.target.split("?");
    const isSigned = scheme === "acs3" || path.includes("/proxy/");
    const targets = everyIndex(query).map((index) => `${path}?${changedAt(query, index)}`);
    targets.push(`${request.target}${query === "" ? "?" : "&"}x=1`);
    // An escape may have become malformed: that is a refusal under either scheme.
    const expected = isSigned ? [] : targets.filter(isWellFormed);
    expect(await acceptedOf(targets.map((target) => [target, { ...request, target }]))).toEqual(expected);
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
