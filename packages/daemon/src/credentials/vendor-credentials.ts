import { FcCredentialsError, type Credentials, type CredentialsProvider } from "@fc-async/protocol";
import type { CredentialsConfig } from "../config/config.ts";
import type { FileAccess } from "./static-credentials.ts";
import { refreshingProvider } from "./refreshing-provider.ts";
import { buildVendorProvider, type VendorProvider } from "./vendor-provider.ts";
import { vendorReason } from "./vendor-reason.ts";

type VendorConfig = Exclude<CredentialsConfig, { readonly type: "static" }>;

/** The library asks the metadata service for every call in the last hour of a pair; a walk makes many calls a second. */
const FRESH_MS = 1000;

const SOURCES: Readonly<Record<VendorConfig["type"], string>> = {
  default: "the default chain",
  profile: "the profile",
  role_arn: "the RAM role",
  uri: "the credentials URI",
  ecs_ram_role: "the role of the machine",
  oidc: "the OIDC token (RRSA)",
};

const NEXT_STEPS: Readonly<Record<VendorConfig["type"], string>> = {
  default:
    "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or give the machine or pod a RAM role.",
  profile: "Check that ~/.aliyun/config.json or the file named by ALIBABA_CLOUD_CREDENTIALS_FILE has it, complete.",
  role_arn: "Check that its source has keys and that the role's trust policy lets them assume it.",
  uri: "Check that it answers 200 with AccessKeyId, AccessKeySecret, SecurityToken and Expiration as JSON.",
  ecs_ram_role:
    "Check that the machine has this RAM role and that its metadata service at 100.100.100.200 can be reached from here.",
  oidc: "Check the role's trust policy, the OIDC provider and the token file; RRSA sets ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN and ALIBABA_CLOUD_OIDC_TOKEN_FILE.",
};

/**
 * The provider that asks the vendor's library. The library stays with what it tried last, also when that failed, and keeps a
 * pair until shortly before its written end; so it is thrown away after a failure, and when its pair was refused, and built
 * from the current environment and files at the next call.
 */
export function vendorCredentials(config: VendorConfig, access: FileAccess): CredentialsProvider {
  let provider: Promise<VendorProvider> | undefined;
  let last: { readonly credentials: Credentials; readonly askedAtMs: number } | undefined;

  async function get(): Promise<Credentials> {
    const askedAtMs = access.now();
    if (last !== undefined && Math.abs(askedAtMs - last.askedAtMs) < FRESH_MS) return last.credentials;
    const building = (provider ??= buildVendorProvider(config, access));
    try {
      const { accessKeyId, accessKeySecret, securityToken } = await (await building).getCredentials();
      if (!accessKeyId || !accessKeySecret) throw new Error("the key pair is incomplete");
      const credentials = { accessKeyId, accessKeySecret, securityToken: securityToken || undefined };
      if (provider === building) last = { credentials, askedAtMs };
      return credentials;
    } catch (error) {
      if (provider === building) provider = undefined;
      // Without a cause: the vendor's messages quote whole files and answers, keys included, and causes get logged.
      throw new FcCredentialsError(
        `No credentials from ${SOURCES[config.type]}: ${vendorReason(error)}. ${NEXT_STEPS[config.type]}`,
      );
    }
  }

  function forget(): void {
    provider = undefined;
    last = undefined;
  }

  return refreshingProvider({ get, forget }, access.now);
}
