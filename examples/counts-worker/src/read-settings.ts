import type { FcClientOptions } from "@fc-async/core";

/** What the platform hands a worker: variables and secrets by name. */
export type WorkerEnv = Readonly<Record<string, string | undefined>>;

export type Settings =
  | { readonly missing: string }
  | Pick<FcClientOptions, "accountId" | "region" | "credentials" | "endpoint">;

/** Reads the variables that README.md lists, or names the first that is missing; an empty one counts as missing. */
export function readSettings(env: WorkerEnv): Settings {
  const missing = REQUIRED.find((name) => !env[name]);
  if (missing !== undefined) return { missing };
  const [accountId = "", region = "", accessKeyId = "", accessKeySecret = ""] = REQUIRED.map((name) => env[name]);
  const securityToken = env["ALIBABA_CLOUD_SECURITY_TOKEN"] || undefined;
  return {
    accountId,
    region,
    credentials: { accessKeyId, accessKeySecret, securityToken },
    endpoint: env["FC_ASYNC_ENDPOINT"] || undefined,
  };
}

const REQUIRED = [
  "ALIBABA_CLOUD_ACCOUNT_ID",
  "FC_ASYNC_REGION",
  "ALIBABA_CLOUD_ACCESS_KEY_ID",
  "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
] as const;
