import type { AccessKey, Account } from "../account.ts";
import { EmulatorInputError, type InputProblem } from "../input/input-error.ts";

/** A key with the account it opens. */
export interface OwnedKey {
  readonly accountId: string;
  readonly key: AccessKey;
}

/**
 * Every key by its id.
 *
 * @throws {EmulatorInputError} when an account or a key id stands twice.
 */
export function keyRing(accounts: readonly Account[]): ReadonlyMap<string, OwnedKey> {
  const problems = repeatedAccounts(accounts);
  if (problems.length > 0) throw new EmulatorInputError("accounts", problems);
  return new Map(
    accounts.flatMap(({ accountId, accessKeys }) =>
      accessKeys.map((key) => [key.accessKeyId, { accountId, key }] as const),
    ),
  );
}

/** Account ids and key ids that stand twice: a request could not be told apart. */
export function repeatedAccounts(accounts: readonly Account[]): InputProblem[] {
  const problems: InputProblem[] = [];
  const accountIds = new Set<string>();
  const keyIds = new Set<string>();
  for (const [accountIndex, { accountId, accessKeys }] of accounts.entries()) {
    if (accountIds.has(accountId)) {
      problems.push({
        path: [accountIndex, "accountId"],
        message: `account ${accountId} stands twice; join its entries`,
      });
    }
    accountIds.add(accountId);
    for (const [keyIndex, { accessKeyId }] of accessKeys.entries()) {
      if (keyIds.has(accessKeyId)) {
        const path = [accountIndex, "accessKeys", keyIndex, "accessKeyId"];
        problems.push({ path, message: `access key id ${accessKeyId} stands twice; a key belongs to one account` });
      }
      keyIds.add(accessKeyId);
    }
  }
  return problems;
}
