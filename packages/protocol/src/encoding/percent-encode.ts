const UNRESERVED_ONLY = /^[A-Za-z0-9\-._~]*$/;
const LEFT_BARE_BY_THE_PLATFORM = /[!'()*]/g;

/**
 * Percent-encodes text as UTF-8, leaving only the unreserved characters of RFC 3986 section 2.3 (`A-Z a-z 0-9 - . _ ~`):
 * what both signature schemes call URL encoding, and stricter than `encodeURIComponent`.
 *
 * @throws {URIError} when `text` holds a lone surrogate, which has no UTF-8 form.
 */
export function percentEncode(text: string): string {
  if (UNRESERVED_ONLY.test(text)) return text;
  return encodeURIComponent(text).replace(
    LEFT_BARE_BY_THE_PLATFORM,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
