import { ACCOUNT_ID } from "./account.ts";

const REGIONS = [
  "cn-hangzhou",
  "cn-shanghai",
  "cn-beijing",
  "cn-shenzhen",
  "cn-zhangjiakou",
  "cn-chengdu",
  "cn-hongkong",
  "ap-southeast-1",
  "eu-central-1",
  "us-west-1",
] as const;

/** An account and where it is read. */
export interface AccountOfBench {
  readonly accountId: string;
  readonly regions: readonly string[];
}

/** So many targets: ten regions to an account. */
export function accountsOf(targetCount: number): readonly AccountOfBench[] {
  const accountCount = Math.ceil(targetCount / REGIONS.length);
  return Array.from({ length: accountCount }, (_, index) => ({
    accountId: String(BigInt(ACCOUNT_ID) + BigInt(index)),
    regions: REGIONS.slice(0, targetCount - index * REGIONS.length),
  }));
}
