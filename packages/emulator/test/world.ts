import { openApiContract, type Account, type EmulatorOptions, type FunctionRow } from "@fc-async/emulator";

/** 2026-11-23T08:56:27Z, the second the vendor's SDKs were recorded in. */
export const NOW_MS = Date.UTC(2026, 10, 23, 8, 56, 27);

export const KEY = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
export const STS_KEY = {
  accessKeyId: "STS.NUExampleKeyId0000",
  accessKeySecret: "ExampleSecret0000000000000000",
  securityToken: "CAISExampleSecurityToken+/0000==",
};
export const OTHER_KEY = { accessKeyId: "LTAI5tOtherKeyId0000", accessKeySecret: "OtherSecret0000000000000000" };

export const ACCOUNT_ID = "1234567890123456";
export const OTHER_ACCOUNT_ID = "6543210987654321";
export const REGION = "cn-hangzhou";

export const DIRECT_HOST = `${ACCOUNT_ID}.${REGION}.fc.aliyuncs.com`;
export const GATEWAY_HOST = `fc.${REGION}.aliyuncs.com`;

/** Rows `service/fn-000` and on: in list order, one qualifier each. */
export function numberedRows(count: number, serviceName = "service"): FunctionRow[] {
  return Array.from({ length: count }, (_, index) => ({
    serviceName,
    functionName: `fn-${String(index).padStart(3, "0")}`,
    qualifier: "LATEST",
  }));
}

/** Every emulator of the tests answers 500 in place of an answer that is not as openapi/ says. */
export const CONTRACT = openApiContract("fail");

/** Two accounts at a clock that stands still; the first has these rows in `REGION`. */
export function optionsWith(rows: readonly FunctionRow[], more: Partial<EmulatorOptions> = {}): EmulatorOptions {
  const accounts: readonly Account[] = [
    { accountId: ACCOUNT_ID, accessKeys: [KEY, STS_KEY], regions: { [REGION]: rows } },
    { accountId: OTHER_ACCOUNT_ID, accessKeys: [OTHER_KEY], regions: { [REGION]: numberedRows(30, "other") } },
  ];
  return { accounts, now: () => NOW_MS, contract: CONTRACT, ...more };
}
