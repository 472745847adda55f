import { createEmulator, demoAccounts, openApiContract, type FaultAction } from "@fc-async/emulator";
import { nodeHash } from "@fc-async/protocol/node";
import { startEmulatorServer } from "fc-async-emulator";
import { beforeAll, describe, expect, test } from "vitest";
import { observeByCurl, observeByNodeFetch, observeByUndici } from "../observe-fault.ts";
import { requireProgram } from "../required-program.ts";

/** What an action looks like to each client. */
interface Observed {
  readonly action: FaultAction;
  readonly ours: RegExp;
  readonly undici: RegExp;
  readonly curl: RegExp;
}

const WHOLE = /^200, 9\d\d characters$/;
const PART = /^200, [1-9]\d\d characters$/;
const TIMED_OUT = /^TimeoutError: /;
const RESET = {
  ours: /^FC_NETWORK network \(ECONNRESET\)$/,
  undici: /^TypeError: (?:fetch failed|terminated) \(ECONNRESET\)$/,
  curl: /^exit 56$/,
};
const TOO_SHORT = {
  ours: /^FC_NETWORK network \(ECONNRESET\)$/,
  undici: /^TypeError: terminated \(UND_ERR_SOCKET\)$/,
  curl: /^exit 18$/,
};
const toAll = (said: RegExp) => ({ ours: said, undici: said, curl: said });

/**
 * By type, so that an action without an observation does not compile. Where clients disagree on what is broken, or their versions
 * do, the expressions allow for it: two of them let pass what ours refuses.
 */
const OBSERVED: Readonly<Record<FaultAction["type"], readonly Observed[]>> = {
  status: [{ action: { type: "status", status: 503 }, ...toAll(/^503, \d+ characters$/) }],
  delay: [
    { action: { type: "delay", ms: 5 }, ...toAll(WHOLE) },
    {
      action: { type: "delay", ms: 20_000 },
      ours: /^FC_TIMEOUT timeout, headers$/,
      undici: TIMED_OUT,
      curl: /^exit 28$/,
    },
  ],
  reset: [
    { action: { type: "reset" }, ...RESET },
    { action: { type: "reset", afterBytes: 100 }, ...RESET },
    { action: { type: "reset", afterBytes: 100, framing: "chunked" }, ...RESET },
    // Without a length undici takes the RST for the end of the body.
    {
      action: { type: "reset", afterBytes: 100, framing: "none" },
      ...RESET,
      undici: /^200, 100 characters$|ECONNRESET/,
    },
  ],
  close: [
    {
      action: { type: "close" },
      ours: /^FC_NETWORK network \(ECONNRESET\)$/,
      undici: /^TypeError: fetch failed \(UND_ERR_SOCKET\)$/,
      curl: /^exit 52$/,
    },
    { action: { type: "close", afterBytes: 100 }, ...TOO_SHORT },
    { action: { type: "close", afterBytes: 100, framing: "chunked" }, ...TOO_SHORT },
    // The right end of such a body: only its JSON can tell.
    { action: { type: "close", afterBytes: 100, framing: "none" }, ...toAll(/^200, 100 characters$/) },
  ],
  "broken-framing": [
    {
      action: { type: "broken-framing", how: "bad-chunk-size" },
      ours: /^FC_NETWORK network \(HPE_INVALID_CHUNK_SIZE\)$/,
      undici: /^TypeError: terminated \(HTTPParserError\)$/,
      curl: /^exit 56$/,
    },
    {
      action: { type: "broken-framing", how: "two-lengths" },
      ours: /^FC_NETWORK network \(HPE_UNEXPECTED_CONTENT_LENGTH\)$/,
      undici: /^TypeError: fetch failed \(\w+\)$/,
      curl: /^exit (?:8|18|56)$/,
    },
    {
      action: { type: "broken-framing", how: "length-and-chunks" },
      ours: /^FC_NETWORK network \(HPE_INVALID_TRANSFER_ENCODING\)$/,
      undici: /^TypeError: fetch failed \(\w+\)$/,
      curl: /^(?:200, 9\d\d characters|exit (?:8|56))$/,
    },
  ],
  silence: [
    { action: { type: "silence" }, ours: /^FC_TIMEOUT timeout, headers$/, undici: TIMED_OUT, curl: /^exit 28$/ },
  ],
  drip: [
    {
      action: { type: "drip", bytes: 1, everyMs: 100 },
      ours: /^FC_TIMEOUT timeout, body$/,
      undici: TIMED_OUT,
      curl: /^exit 28$/,
    },
    { action: { type: "drip", bytes: 512, everyMs: 1 }, ...toAll(WHOLE) },
  ],
  body: [
    { action: { type: "body", body: "x" }, ...toAll(/^200, 1 characters$/) },
    { action: { type: "body", gzip: "whole" }, ...toAll(WHOLE) },
    {
      // The built-in fetch hands out half a body without a word, and so does curl.
      action: { type: "body", gzip: "cut" },
      ours: /^FC_RESPONSE invalid_response \(Z_BUF_ERROR\)$/,
      undici: PART,
      curl: /^(?:200, [1-9]\d\d characters|exit (?:18|23|56|61))$/,
    },
  ],
  "gzip-bomb": [
    {
      action: { type: "gzip-bomb", bytes: 20 * 1024 ** 2 },
      ours: /^FC_LIMIT limit$/,
      undici: /^200, 20971520 characters$|^TimeoutError/,
      curl: /^200, 20971520 characters$|^exit 28$/,
    },
  ],
  junk: [
    { action: { type: "junk", kind: "html", status: 502 }, ...toAll(/^502, \d+ characters$/) },
    { action: { type: "junk", kind: "wrong-content-type" }, ...toAll(WHOLE) },
    { action: { type: "junk", kind: "bom" }, ...toAll(WHOLE) },
    {
      action: { type: "junk", kind: "invalid-utf8" },
      ours: /^FC_RESPONSE invalid_response \(ERR_ENCODING_INVALID_ENCODED_DATA\)$/,
      undici: WHOLE,
      curl: WHOLE,
    },
    { action: { type: "junk", kind: "invalid-json" }, ...toAll(WHOLE) },
    { action: { type: "junk", kind: "duplicate-keys" }, ...toAll(WHOLE) },
    { action: { type: "junk", kind: "deep-nesting" }, ...toAll(/^200, 2000\d\d characters$/) },
  ],
  redirect: [
    {
      action: { type: "redirect", location: "http://elsewhere.example/" },
      ours: /^FC_RESPONSE invalid_response$/,
      undici: /^TypeError: fetch failed \(unexpected redirect\)$/,
      curl: /^302, 0 characters$/,
    },
  ],
  stale: [{ action: { type: "stale", ageMs: 900_000 }, ...toAll(WHOLE) }],
  headers: [{ action: { type: "headers", headers: { "X-Note": "1" } }, ...toAll(WHOLE) }],
  page: [{ action: { type: "page", rows: 0 }, ...toAll(PART) }],
  token: [{ action: { type: "token", token: "repeat" }, ...toAll(WHOLE) }],
};

const CASES = Object.values(OBSERVED)
  .flat()
  .map((observed) => [JSON.stringify(observed.action), observed] as const);

let port = 0;
const emulator = createEmulator({ accounts: demoAccounts(), hash: nodeHash, contract: openApiContract("fail") });
beforeAll(async () => {
  const server = await startEmulatorServer({ emulator });
  port = server.port;
  return () => server.close();
});

/** The address of an emulator in which this action hits the next request. */
function hitBy(action: FaultAction): string {
  emulator.reset();
  emulator.faults.arm([{ match: {}, times: 1, action }]);
  return `http://127.0.0.1:${port}`;
}

describe.each(CASES)("%s", (_what, { action, ours, undici, curl }) => {
  test("as our fetch reports it", async () => {
    expect(await observeByNodeFetch(hitBy(action))).toMatch(ours);
    expect(emulator.faults.armed).toMatchObject([{ hits: 1 }]);
  });

  test("as the built-in fetch reports it", async () => {
    expect(await observeByUndici(hitBy(action))).toMatch(undici);
  });

  test("as curl reports it", async (context) => {
    requireProgram("curl", context);
    expect(await observeByCurl(hitBy(action))).toMatch(curl);
  });
});
