import { FcError, parseNextToken } from "@fc-async/protocol";
import type { AsyncFunction } from "@fc-async/core";
import * as z from "zod/mini";
import type { RelayedAnswer } from "../../relay/relay-message.ts";
import { parseJson } from "../text/parse-json.ts";

/** What a body is: a page, or why it is none. */
export type PageReading =
  | { readonly ok: true; readonly rows: readonly AsyncFunction[]; readonly nextToken: string | undefined }
  | { readonly ok: false; readonly message: string };

const Name = z.nullish(z.string());
const PageBody = z.object({
  data: z.nullish(z.array(z.object({ serviceName: Name, functionName: Name, qualifier: Name }))),
  nextToken: z.optional(z.unknown()),
});

/**
 * Reads the body of a success. No SDK requires any member, so a name that is missing is shown as empty here; the client of "All
 * pages" refuses it.
 */
export function readPage({ status, body }: Pick<RelayedAnswer, "status" | "body">): PageReading {
  const reading = PageBody.safeParse(parseJson(body));
  if (!reading.success) {
    return {
      ok: false,
      message:
        "The answer is a success, but its body is not what the operation answers: an object with data and nextToken. " +
        "Check that the endpoint is one of Function Compute, and look at the body under JSON.",
    };
  }
  try {
    const { token } = parseNextToken(reading.data.nextToken, { status });
    const rows = (reading.data.data ?? []).map(({ serviceName, functionName, qualifier }) => ({
      serviceName: serviceName ?? "",
      functionName: functionName ?? "",
      qualifier: qualifier ?? "",
    }));
    return { ok: true, rows, nextToken: token };
  } catch (error) {
    if (error instanceof FcError) return { ok: false, message: error.message };
    throw error;
  }
}
