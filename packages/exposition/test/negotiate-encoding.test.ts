import { expect, test } from "vitest";
import { negotiateEncoding } from "@fc-async/exposition";

test.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip", "gzip"],
  ["GZIP", "gzip"],
  ["x-gzip", "gzip"],
  ["gzip, deflate, br, zstd", "gzip"],
  ["deflate, br", "identity"],
  ["gzip;q=0", "identity"],
  ["gzip;q=0, *", "identity"],
  ["*", "gzip"],
  ["*;q=0", "identity"],
  ["identity", "identity"],
  ["identity, gzip", "gzip"],
  ["gzip;q=0.5, identity", "identity"],
  ["gzip;q=0.5, identity;q=0.5", "gzip"],
  ["gzip;q=0.2, identity;q=0.1", "gzip"],
  ["identity;q=0", "gzip"],
  ["identity;q=0, *", "gzip"],
  ["identity;q=0, gzip;q=0", "identity"],
  ["identity;q=0.5, *;q=0", "identity"],
  ["gzip;q=nonsense", "identity"],
  ["gzip ; q=0.8 , identity ; q=0.1", "gzip"],
])("Accept-Encoding: %s is answered with %s", (acceptEncoding, encoding) => {
  expect(negotiateEncoding(acceptEncoding)).toBe(encoding);
});

test.each([
  ["zstd", "zstd"],
  ["ZSTD", "zstd"],
  ["zstd, gzip", "gzip"],
  ["zstd, gzip;q=0.9", "zstd"],
  ["zstd;q=0.5, gzip;q=0.9", "gzip"],
  ["zstd;q=0.5, gzip;q=0", "zstd"],
  ["zstd;q=0.5, identity", "identity"],
  ["zstd;q=0", "identity"],
  ["zstd;q=0, gzip;q=0, identity;q=0", "identity"],
  ["deflate, br, zstd", "zstd"],
  ["*", "gzip"],
  ["gzip;q=0, *", "identity"],
  ["gzip, deflate, br", "gzip"],
])("where there is zstd, Accept-Encoding: %s is answered with %s", (acceptEncoding, encoding) => {
  expect(negotiateEncoding(acceptEncoding, { zstd: true })).toBe(encoding);
});
