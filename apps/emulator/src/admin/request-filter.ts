import type { RequestRecord } from "@fc-async/emulator";
import { z } from "zod";
import { AdminRefusal } from "./admin-refusal.ts";

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

const schema = z.strictObject({
  verdict: z.string().optional(),
  status: z.coerce.number().int().min(100).max(599).optional(),
  fault: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
});

/** Which of the requests are asked for, and how many of the latest of them at most. */
export interface RequestFilter {
  readonly matches: (record: RequestRecord) => boolean;
  readonly limit: number;
}

/** Reads `?verdict=signature_mismatch&status=403&fault=reset&limit=20`. A parameter that nobody knows would filter nothing in silence. */
export function requestFilter(parameters: URLSearchParams): RequestFilter {
  const parsed = schema.safeParse(Object.fromEntries(parameters));
  if (!parsed.success) {
    const message = `The requests can be filtered by verdict, status (100–599), fault and limit (1–${MAX_LIMIT}). Correct the query.`;
    const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
    throw new AdminRefusal(400, "wrong_query", message, { problems });
  }
  const { verdict, status, fault, limit } = parsed.data;
  return {
    limit,
    matches: (record) =>
      (verdict === undefined || record.verdict === verdict) &&
      (status === undefined || record.status === status) &&
      (fault === undefined || record.fault === fault),
  };
}
