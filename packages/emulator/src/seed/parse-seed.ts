import { z } from "zod";
import type { Account } from "../account.ts";
import { repeatedAccounts } from "../auth/key-ring.ts";
import { EmulatorInputError, type InputProblem } from "../input/input-error.ts";
import { parseInput } from "../input/parse-input.ts";
import { strictShape } from "../input/strict-shape.ts";

const name = z.string().min(1, "must not be empty");

const row = strictShape({ serviceName: name, functionName: name, qualifier: z.string() });

const accessKey = strictShape({
  accessKeyId: z
    .string()
    .regex(/^[^\s,:]+$/, "must not be empty or hold a space, comma or colon: the signature schemes separate by them"),
  accessKeySecret: name,
  securityToken: name.optional(),
});

const accounts = z.array(
  strictShape({
    accountId: z.string("must be a string of digits; in YAML write it in quotes").regex(/^\d+$/, "must be digits only"),
    accessKeys: z.array(accessKey).min(1, "must hold at least one key"),
    regions: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/, "is not a region id"), z.array(row)),
  }),
);

const seed = strictShape({ accounts: accounts.min(1, "must hold at least one account") });

/**
 * Reads a seed: `{ accounts: [...] }`, spelled like the `accounts` option, with rows exactly as the operation answers them.
 *
 * @throws {EmulatorInputError} with every problem at once.
 */
export function parseSeed(value: unknown): readonly Account[] {
  const parsed = parseInput("seed", seed, value).accounts;
  const problems = [...repeatedAccounts(parsed), ...repeatedRows(parsed)];
  if (problems.length > 0) {
    throw new EmulatorInputError(
      "seed",
      problems.map(({ path, message }) => ({ path: ["accounts", ...path], message })),
    );
  }
  return parsed;
}

function repeatedRows(parsed: readonly Account[]): InputProblem[] {
  const problems: InputProblem[] = [];
  for (const [accountIndex, { regions }] of parsed.entries()) {
    for (const [region, rows] of Object.entries(regions)) {
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
