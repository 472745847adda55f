import type { FcClientOptions } from "@fc-async/core";

export interface Settings extends Pick<FcClientOptions, "accountId" | "credentials" | "endpoint"> {
  /** At least one. */
  readonly regions: readonly string[];
}

/**
 * Reads the variables that README.md lists; an empty one counts as not set.
 *
 * @throws {TypeError} naming the variable that is missing.
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const regions = required(env, "FC_ASYNC_REGIONS")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (regions.length === 0) throw new TypeError("FC_ASYNC_REGIONS names no region; write one such as cn-hangzhou");
  return {
    accountId: required(env, "ALIBABA_CLOUD_ACCOUNT_ID"),
    regions,
    credentials: {
      accessKeyId: required(env, "ALIBABA_CLOUD_ACCESS_KEY_ID"),
      accessKeySecret: required(env, "ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
      securityToken: optional(env, "ALIBABA_CLOUD_SECURITY_TOKEN"),
    },
    endpoint: optional(env, "FC_ASYNC_ENDPOINT"),
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = optional(env, name);
  if (value === undefined) throw new TypeError(`${name} is not set; README.md lists what is needed`);
  return value;
}

function optional(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === "" ? undefined : value;
}
