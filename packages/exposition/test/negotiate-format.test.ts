import { expect, test } from "vitest";
import { negotiateFormat } from "@fc-async/exposition";

const TEXT = "text/plain; version=0.0.4; charset=utf-8";
const OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const ESCAPED = `${OPENMETRICS}; escaping=underscores`;

const PROMETHEUS_2_42 =
  "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
const PROMETHEUS_2_30 = "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
const PROMETHEUS_3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
const PROMETHEUS_3_PROTOBUF_FIRST =
  "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.5,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,application/openmetrics-text;version=0.0.1;q=0.3,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.2,text/plain;version=0.0.4;q=0.1,*/*;q=0.0";
const CHROMIUM = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

const MATRIX: readonly (readonly [accept: string | undefined, contentType: string])[] = [
  [undefined, TEXT],
  ["", TEXT],
  [",, ;", TEXT],
  ["*/*", TEXT],
  ["text/*", TEXT],
  ["application/*", OPENMETRICS],
  ["text/plain", TEXT],
  ["text/plain;version=0.0.4", TEXT],
  ["text/plain;version=1.0.0;escaping=allow-utf-8", TEXT],
  ["application/openmetrics-text", OPENMETRICS],
  ["application/openmetrics-text;q=0", TEXT],
  ["application/openmetrics-text;q=0, */*", TEXT],
  ["application/openmetrics-text; version=1.0.0", OPENMETRICS],
  ["APPLICATION/OpenMetrics-Text; VERSION=1.0.0; Charset=UTF-8", OPENMETRICS],
  ['application/openmetrics-text; version="1.0.0"', OPENMETRICS],
  ['application/openmetrics-text; note="a, b; q=0"; version="1\\.0.0"', OPENMETRICS],
  ["application/openmetrics-text; version=0.0.1", TEXT],
  ["application/openmetrics-text; version=2.0.0", TEXT],
  ["application/openmetrics-text; version=1.0.0; escaping=underscores", ESCAPED],
  [PROMETHEUS_2_30, TEXT],
  [PROMETHEUS_2_42, OPENMETRICS],
  [PROMETHEUS_3, ESCAPED],
  [PROMETHEUS_3_PROTOBUF_FIRST, ESCAPED],
  ["application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited", TEXT],
  [CHROMIUM, TEXT],
  ["application/json", TEXT],
  // Quality decides before order, order before our own preference.
  ["application/openmetrics-text;q=0.4,text/plain;q=0.5", TEXT],
  ["text/plain;q=0.4,application/openmetrics-text;q=0.5", OPENMETRICS],
  ["application/openmetrics-text,text/plain", OPENMETRICS],
  ["text/plain,application/openmetrics-text", TEXT],
  // The most specific range speaks for a format, wherever it stands.
  ["*/*,text/plain;q=0.1", OPENMETRICS],
  ["*/*;q=0.9,application/openmetrics-text;version=1.0.0;q=0.5", TEXT],
  ["application/openmetrics-text;q=0.9,application/openmetrics-text;version=1.0.0;q=0.1,text/plain;q=0.5", TEXT],
  ["text/*;q=0.2,text/plain;q=0.8,application/openmetrics-text;q=0.5", TEXT],
  // 0 refuses, and there is still no 406.
  ["application/openmetrics-text;q=0,*/*", TEXT],
  ["text/plain;q=0,*/*", OPENMETRICS],
  ["text/plain;q=0", TEXT],
  ["*/*;q=0", TEXT],
  ["text/plain;q=0.000,application/openmetrics-text;q=0.001", OPENMETRICS],
  // A malformed quality says nothing.
  ["application/openmetrics-text;q=high", TEXT],
  ["application/openmetrics-text;q=1.5,text/plain;q=0.1", TEXT],
  ["application/openmetrics-text;q=", TEXT],
];

test.each(MATRIX)("Accept: %s is answered with %s", (accept, contentType) => {
  expect(negotiateFormat(accept)).toEqual({
    format: contentType.startsWith("text") ? "text" : "openmetrics",
    contentType,
  });
});

test("a long hostile header is read in linear time", () => {
  // A quadratic reader would need minutes, the test's own limit is seconds.
  const quotes = `text/plain;a="${'\\"'.repeat(500_000)}`;
  expect(negotiateFormat(quotes).format).toBe("text");
  expect(negotiateFormat(`${quotes}\\`).format).toBe("text");
  expect(negotiateFormat('"'.repeat(500_000)).format).toBe("text");
  expect(negotiateFormat(`${",;".repeat(500_000)}application/openmetrics-text`).format).toBe("openmetrics");
});
