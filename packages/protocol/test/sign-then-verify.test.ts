import { canonicalQuery, signAcs3, signFc, type HeaderPair, type QueryPair } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { verifyRequest, type ReceivedRequest } from "@fc-async/protocol/verify";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const nowMs = Date.UTC(2026, 10, 23, 8, 56, 27);
const word = fc.string({ unit: "grapheme", maxLength: 20 }).filter((text) => text.isWellFormed());
const printable = fc.stringMatching(/^[!-~]([ -~]{0,18}[!-~])?$/);
const query = fc.array(
  fc.tuple(
    word.filter((name) => name !== ""),
    word,
  ),
  { maxLength: 5 },
);
const key = fc.record({
  accessKeyId: fc.stringMatching(/^[A-Za-z0-9.]{1,24}$/),
  accessKeySecret: fc.string({ unit: "binary", minLength: 1, maxLength: 40 }).filter((text) => text.isWellFormed()),
  securityToken: fc.option(printable, { nil: undefined }),
});

interface Sample {
  readonly request: ReceivedRequest;
  readonly options: Parameters<typeof verifyRequest>[1];
}

const sample = fc
  .record({ query, key, host: fc.domain(), trace: printable, scheme: fc.constantFrom("acs3", "fc") })
  .map(async ({ query: pairs, key: credentials, host, trace, scheme }): Promise<Sample> => {
    const path = scheme === "acs3" ? "/2021-04-06/functions" : "/2016-08-15/proxy/s/f/";
    const signed = {
      method: "GET",
      host,
      path,
      query: canonicalQuery(pairs),
      headers: [["x-fc-trace-id", trace]] as HeaderPair[],
    };
    const moment = { credentials, hash: nodeHash, dateMs: nowMs, action: "List", version: "2021-04-06", nonce: "n" };
    const headers = await (scheme === "acs3" ? signAcs3(signed, moment) : signFc(signed, moment));
    return {
      request: {
        method: "GET",
        target: `${path}${signed.query === "" ? "" : `?${signed.query}`}`,
        headers: new Map(headers),
      },
      options: { findKey: (id) => (id === credentials.accessKeyId ? credentials : undefined), nowMs, hash: nodeHash },
    };
  });

test("whatever is signed is accepted", async () => {
  await fc.assert(
    fc.asyncProperty(sample, async (pending) => {
      const { request, options } = await pending;
      expect(await verifyRequest(request, options)).toMatchObject({ ok: true });
    }),
  );
});

test("whatever is changed in a signed part is refused", async () => {
  await fc.assert(
    fc.asyncProperty(sample, fc.nat(), fc.nat({ max: 93 }), async (pending, position, replacement) => {
      const { request, options } = await pending;
      const signedNames = [...request.headers.keys()].filter(
        (name) =>
          name === "authorization" ||
          name.startsWith("x-acs-") ||
          (request.headers.has("date") && name.startsWith("x-fc-")),
      );
      const name = signedNames[position % signedNames.length] ?? "";
      const value = request.headers.get(name) ?? "";
      const at = position % value.length;
      const other = String.fromCharCode(33 + replacement);
      fc.pre(value !== "" && value[at] !== other);
      const headers = new Map([...request.headers, [name, value.slice(0, at) + other + value.slice(at + 1)]]);
      expect((await verifyRequest({ ...request, headers }, options)).ok).toBe(false);
    }),
  );
});

test("the canonical query does not depend on the order of its parameters", () => {
  const shuffled = query.chain((pairs) =>
    fc.tuple(fc.constant(pairs), fc.shuffledSubarray(pairs, { minLength: pairs.length, maxLength: pairs.length })),
  );
  fc.assert(
    fc.property(shuffled, ([pairs, others]: [QueryPair[], QueryPair[]]) => {
      expect(canonicalQuery(others)).toBe(canonicalQuery(pairs));
    }),
  );
});
