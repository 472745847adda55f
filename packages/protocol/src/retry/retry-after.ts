import { parseRfc1123 } from "../clock/rfc1123.ts";

const DIGITS = /^\d{1,15}$/;

/**
 * How long the service asks to wait, in milliseconds; `undefined` when it does not say or says nonsense (negative, no
 * number, a date in the past). `Retry-After` holds seconds or an HTTP date (RFC 9110 section 10.2.3); the gateway's own
 * `x-acs-retry-after` holds milliseconds, as the vendor's SDKs read it (aliyun/darabonba-openapi). The longer one counts.
 */
export function retryAfterMs(headers: Pick<Headers, "get">, nowMs: number): number | undefined {
  const standard = fromStandard(headers.get("retry-after"), nowMs);
  const gateway = fromDigits(headers.get("x-acs-retry-after"), 1);
  if (standard === undefined || gateway === undefined) return standard ?? gateway;
  return Math.max(standard, gateway);
}

function fromStandard(value: string | null, nowMs: number): number | undefined {
  const seconds = fromDigits(value, 1000);
  if (seconds !== undefined || value === null) return seconds;
  const dateMs = parseRfc1123(value.trim());
  return dateMs === undefined || dateMs <= nowMs ? undefined : dateMs - nowMs;
}

function fromDigits(value: string | null, unitMs: number): number | undefined {
  const text = value?.trim() ?? "";
  return DIGITS.test(text) ? Number(text) * unitMs : undefined;
}
