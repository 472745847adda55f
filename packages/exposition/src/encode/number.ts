/** A sample's value: the shortest text that reads back as the same double. */
export function formatValue(value: number): string {
  if (value === Infinity) {
    return "+Inf";
  }
  if (value === -Infinity) {
    return "-Inf";
  }
  return String(value);
}

/**
 * The value of a bucket's `le` label in the canonical form of OpenMetrics 1.0.0 ("Canonical Numbers": Go's `%g`, with
 * `.0` where there is neither point nor exponent): `0.05`, `1.0`, `1e+06`.
 *
 * The text format is free here. It gets the same form, because `le="1"` and `le="1.0"` are different series to a server
 * that scrapes one format today and the other tomorrow.
 */
export function formatBucketBound(bound: number): string {
  if (!Number.isFinite(bound)) {
    return formatValue(bound);
  }
  const [mantissa = "0", exponentText = "0"] = bound.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 6) {
    const sign = exponent < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  const plain = String(bound);
  return plain.includes(".") ? plain : `${plain}.0`;
}
