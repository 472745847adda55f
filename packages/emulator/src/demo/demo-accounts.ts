import type { FunctionRow, ListedAccount } from "../account.ts";
import { HOSTILE_ROWS } from "./hostile-rows.ts";

/** Where and with which key to ask first. */
export interface DemoAccount {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** The account to try first, with a throw-away key that opens nothing but the emulator. */
export const DEMO_ACCOUNT: DemoAccount = {
  accountId: "1000000000000001",
  region: "cn-hangzhou",
  accessKeyId: "LTAI5tFakeDemoKeyOne0001",
  accessKeySecret: "FakeDemoSecretOne00000000000001",
};

type Catalogue = readonly (readonly [service: string, functions: readonly string[]])[];

const SERVICES: Catalogue = [
  ["billing-jobs", ["close-month", "dunning", "fx-rates", "invoice-pdf", "refund", "usage-rollup"]],
  ["data-sync", ["backfill", "compact", "export-parquet", "import-csv", "reconcile", "snapshot"]],
  ["image-pipeline", ["blur-faces", "crop", "extract-exif", "resize-image", "thumbnail", "watermark"]],
  ["mail-sender", ["bounce", "digest", "newsletter", "receipt", "unsubscribe", "welcome"]],
  ["order-events", ["cancel", "capture", "fulfil", "notify", "place", "return"]],
  ["reporting", ["board", "cohorts", "daily", "funnel", "monthly", "weekly"]],
  ["search-index", ["boost", "crawl", "delete", "merge", "reindex", "suggest"]],
  ["video-transcode", ["hls", "poster", "probe", "split", "stitch", "subtitle"]],
];

/** One function is listed three times: rows are per qualifier. */
const MORE_QUALIFIERS: readonly FunctionRow[] = [
  { serviceName: "image-pipeline", functionName: "resize-image", qualifier: "17" },
  { serviceName: "image-pipeline", functionName: "resize-image", qualifier: "live" },
];

/**
 * Three accounts that share no key, four regions, 120 rows, always the same: `DEMO_ACCOUNT` first; a second with a temporary
 * (STS) key beside its long-lived one and hostile names in eu-central-1; a third without any function.
 */
export function demoAccounts(): readonly ListedAccount[] {
  const { accountId, accessKeyId, accessKeySecret } = DEMO_ACCOUNT;
  return [
    {
      accountId,
      accessKeys: [{ accessKeyId, accessKeySecret }],
      regions: {
        "cn-hangzhou": [...firstRows(8, 6), ...MORE_QUALIFIERS],
        "cn-shanghai": firstRows(5, 5),
      },
    },
    {
      accountId: "1000000000000002",
      accessKeys: [
        { accessKeyId: "LTAI5tFakeDemoKeyTwo0002", accessKeySecret: "FakeDemoSecretTwo00000000000002" },
        {
          accessKeyId: "STS.FakeDemoKeyTwo0002",
          accessKeySecret: "FakeDemoStsSecretTwo00000000002",
          securityToken: "FakeDemoSecurityTokenTwo+/0002==",
        },
      ],
      regions: {
        "cn-hangzhou": firstRows(6, 3),
        "ap-southeast-1": firstRows(5, 3),
        "eu-central-1": HOSTILE_ROWS,
      },
    },
    {
      accountId: "1000000000000003",
      accessKeys: [{ accessKeyId: "LTAI5tFakeDemoKeyThree03", accessKeySecret: "FakeDemoSecretThree000000000003" }],
      regions: { "cn-hangzhou": [] },
    },
  ];
}

function firstRows(services: number, functionsEach: number): FunctionRow[] {
  return SERVICES.slice(0, services).flatMap(([serviceName, functions]) =>
    functions.slice(0, functionsEach).map((functionName) => ({ serviceName, functionName, qualifier: "LATEST" })),
  );
}
