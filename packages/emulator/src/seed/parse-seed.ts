import { z } from "zod";
import type { Account } from "../account.ts";
import { repeatedAccounts } from "../auth/key-ring.ts";
import { EmulatorInputError, type InputProblem } from "../input/input-error.ts";
import { parseInput } from "../input/parse-input.ts";
import { strictShape } from "../input/strict-shape.ts";
import type { GeneratedRows } from "../scale/generated-rows.ts";
import { RETRY_AFTER_FORMS } from "../throttle/retry-after.ts";
import { generatedAccounts } from "./generated-accounts.ts";
import type { Seed } from "./seed.ts";

const MAX_COUNT = 10_000_000;
const MAX_ROWS = 100_000_000;
const MAX_QUALIFIERS = 1000;
const MAX_CHANGES_PER_MINUTE = 60_000;

const name = z.string().min(1, "must not be empty");

const row = strictShape({ serviceName: name, functionName: name, qualifier: z.string() });

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)], { error: "must be a text or a list of texts" });

const policy = strictShape({
  Version: z.literal("1", 'must be "1"'),
  Statement: z.array(strictShape({ Effect: z.enum(["Allow", "Deny"]), Action: oneOrMore, Resource: oneOrMore })),
});

const accessKey = strictShape({
  accessKeyId: z
    .string()
    .regex(/^[^\s,:]+$/, "must not be empty or hold a space, comma or colon: the signature schemes separate by them"),
  accessKeySecret: name,
  securityToken: name.optional(),
  validForMs: z.number().min(0).optional(),
  status: z.enum(["Active", "Inactive"]).optional(),
  policy: policy.optional(),
});

const positive = z.int().min(1).max(MAX_COUNT);
const rowShape = {
  services: positive,
  functions: positive,
  qualifiers: positive.max(MAX_QUALIFIERS).optional(),
  names: z.enum(["plain", "hostile"]).optional(),
  seed: z.int().optional(),
};
const tooMany = { error: `must not make more than ${MAX_ROWS} rows in a region` };
const isBearable = (rows: GeneratedRows["generate"]): boolean =>
  rows.services * rows.functions * (rows.qualifiers ?? 1) <= MAX_ROWS;

const regionId = z.string().regex(/^[a-z][a-z0-9-]*$/, "is not a region id");
const generatedRows = strictShape({ generate: strictShape(rowShape).refine(isBearable, tooMany) });

const accounts = z.array(
  strictShape({
    accountId: z.string("must be a string of digits; in YAML write it in quotes").regex(/^\d+$/, "must be digits only"),
    accessKeys: z.array(accessKey).min(1, "must hold at least one key"),
    regions: z.record(
      regionId,
      z.union([z.array(row), generatedRows], { error: "must be a list of rows, or { generate: … }" }),
    ),
  }),
);

const seed = strictShape({
  accounts: accounts.min(1, "must hold at least one account").optional(),
  generate: strictShape({ accounts: positive, regions: z.array(regionId).min(1), ...rowShape })
    .refine(isBearable, tooMany)
    .optional(),
  churn: strictShape({ perMinute: z.number().gt(0).max(MAX_CHANGES_PER_MINUTE), seed: z.int().optional() }).optional(),
  throttle: strictShape({
    requestsPerSecond: z.number().gt(0),
    burst: z.number().min(1).optional(),
    code: z.enum(["ResourceExhausted", "Throttling.User"]).optional(),
    retryAfter: z.enum(RETRY_AFTER_FORMS).optional(),
  }).optional(),
});

/**
 * Reads a seed from a plain value: `accounts`, spelled like the option of `createEmulator`, with rows exactly as the operation
 * answers them or `{ generate: … }`; or `generate`, for many accounts alike; or both. Beside them `churn` and `throttle`.
 *
 * @throws {EmulatorInputError} with every problem at once.
 */
export function parseSeed(value: unknown): Seed {
  const { accounts: given = [], generate, churn, throttle } = parseInput("seed", seed, value);
  const listed: readonly Account[] = given;
  const problems = [...repeatedAccounts(listed), ...repeatedRows(listed)];
  if (problems.length > 0) {
    throw new EmulatorInputError(
      "seed",
      problems.map(({ path, message }) => ({ path: ["accounts", ...path], message })),
    );
  }
  if (generate === undefined && listed.length === 0) {
    throw new EmulatorInputError("seed", [{ path: [], message: "must hold accounts, or generate" }]);
  }
  return { accounts: [...listed, ...(generate === undefined ? [] : expanded(generate))], churn, throttle };
}

type GeneratedInput = NonNullable<z.infer<typeof seed>["generate"]>;

function expanded({ accounts: count, regions, ...rows }: GeneratedInput): readonly Account[] {
  return generatedAccounts({ accounts: count, regions, rows });
}

function repeatedRows(parsed: readonly Account[]): InputProblem[] {
  const problems: InputProblem[] = [];
  for (const [accountIndex, { regions }] of parsed.entries()) {
    for (const [region, rows] of Object.entries(regions)) {
      if (!Array.isArray(rows)) continue;
      const seen = new Set<string>();
      for (const [rowIndex, { serviceName, functionName, qualifier }] of rows.entries()) {
        const key = JSON.stringify([serviceName, functionName, qualifier]);
        if (seen.has(key))
          problems.push({ path: [accountIndex, "regions", region, rowIndex], message: "this row stands here twice" });
        seen.add(key);
      }
    }
  }
  return problems;
}
