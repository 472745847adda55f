import { FcLimitError } from "../errors/fc-limit-error.ts";
import { FcResponseError } from "../errors/fc-response-error.ts";
import type { Quirk } from "./page.ts";

/** What the `nextToken` of an answer says. */
export interface NextToken {
  /** Token of the next page; `undefined` at the end of the list. */
  readonly token: string | undefined;
  readonly quirk: Quirk | undefined;
}

/** What servers take as a request line is about 8 KiB; and a walk remembers every token. */
const MAX_TOKEN_LENGTH = 4096;

const END: NextToken = { token: undefined, quirk: undefined };
const END_WITH_QUIRK: NextToken = { token: undefined, quirk: "two_quote_token" };

/**
 * Reads the `nextToken` of a page. Absent, `null` and `""` all end the list: the service is documented and recorded with each
 * of them. So does the text of two quote characters, which the vendor's documentation shows as an example and which cannot be
 * a real token.
 *
 * @throws {FcResponseError} when it is anything but text that can be sent back.
 * @throws {FcLimitError} when it is longer than 4,096 characters.
 */
export function parseNextToken(
  value: unknown,
  answer: { readonly status?: number | undefined; readonly requestId?: string | undefined } = {},
): NextToken {
  if (value === undefined || value === null || value === "") return END;
  if (typeof value !== "string") {
    throw new FcResponseError(
      `The answer's nextToken is a ${Array.isArray(value) ? "list" : typeof value}, not text. Report the request id to the vendor.`,
      answer,
    );
  }
  if (value.length > MAX_TOKEN_LENGTH) {
    throw new FcLimitError(
      `The answer's nextToken has ${value.length} characters, more than fit on a request line. Report the request id to the vendor.`,
      { limit: "maxTokenLength", maximum: MAX_TOKEN_LENGTH },
    );
  }
  if (!value.isWellFormed()) {
    throw new FcResponseError(
      "The answer's nextToken is not well-formed Unicode, so the next page cannot be asked for. Report the request id to the vendor.",
      answer,
    );
  }
  return value === '""' ? END_WITH_QUIRK : { token: value, quirk: undefined };
}
