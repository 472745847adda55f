import { FcCredentialsError, type Credentials, type CredentialsProvider } from "@fc-async/protocol";
import type { CredentialsConfig } from "../config/config.ts";
import { singleFlight } from "./single-flight.ts";
import { vendorReason } from "./vendor-reason.ts";

type VendorConfig = Exclude<CredentialsConfig, { readonly type: "static" }>;

/** What the vendor's providers have in common. */
interface VendorProvider {
  readonly getCredentials: () => Promise<Credentials>;
}

/** Shown in the vendor's audit trail. */
const ROLE_SESSION_NAME = "fc-async";

const SOURCES: Readonly<Record<VendorConfig["type"], string>> = {
  default: "the default chain",
  profile: "the profile",
  role_arn: "the RAM role",
  uri: "the credentials URI",
};

const NEXT_STEPS: Readonly<Record<VendorConfig["type"], string>> = {
  default:
    "Set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or give the machine or pod a RAM role.",
  profile: "Check that ~/.aliyun/config.json or the file named by ALIBABA_CLOUD_CREDENTIALS_FILE has it, complete.",
  role_arn: "Check that the default chain has keys and that the role's trust policy lets them assume it.",
  uri: "Check that it answers 200 with AccessKeyId, AccessKeySecret, SecurityToken and Expiration as JSON.",
};

/**
 * The provider that asks the vendor's chain. The chain stays with the provider it tried last, also when that one failed, so it
 * is thrown away after a failure and built from the current environment and files at the next call.
 */
export function vendorCredentials(config: VendorConfig): CredentialsProvider {
  let provider: VendorProvider | undefined;

  return singleFlight(async (): Promise<Credentials> => {
    try {
      provider ??= await buildProvider(config);
      const { accessKeyId, accessKeySecret, securityToken } = await provider.getCredentials();
      if (!accessKeyId || !accessKeySecret) throw new Error("the key pair is incomplete");
      return { accessKeyId, accessKeySecret, securityToken: securityToken === "" ? undefined : securityToken };
    } catch (error) {
      provider = undefined;
      // Without a cause: the vendor's messages quote whole files and answers, keys included, and causes get logged.
      throw new FcCredentialsError(
        `No credentials from ${SOURCES[config.type]}: ${vendorReason(error)}. ${NEXT_STEPS[config.type]}`,
      );
    }
  });
}

async function buildProvider(config: VendorConfig): Promise<VendorProvider> {
  const vendor = await import("@alicloud/credentials");
  if (config.type === "default") return vendor.DefaultCredentialsProvider.builder().build();
  if (config.type === "profile") {
    return firstOf([
      () => vendor.CLIProfileCredentialsProvider.builder().withProfileName(config.profile).build(),
      () => vendor.ProfileCredentialsProvider.builder().withProfileName(config.profile).build(),
    ]);
  }
  if (config.type === "role_arn") {
    return vendor.RAMRoleARNCredentialsProvider.builder()
      .withCredentialsProvider(vendor.DefaultCredentialsProvider.builder().build())
      .withRoleArn(config.roleArn)
      .withRoleSessionName(ROLE_SESSION_NAME)
      .build();
  }
  return vendor.URICredentialsProvider.builder().withCredentialsURI(config.uri).build();
}

/** The first that answers, kept from then on: a profile stands in the CLI's file or in the SDKs' file. */
function firstOf(builders: readonly (() => VendorProvider)[]): VendorProvider {
  let found: VendorProvider | undefined;
  return {
    getCredentials: async () => {
      if (found !== undefined) return found.getCredentials();
      const reasons: string[] = [];
      for (const build of builders) {
        try {
          const candidate = build();
          const credentials = await candidate.getCredentials();
          found = candidate;
          return credentials;
        } catch (error) {
          reasons.push(vendorReason(error));
        }
      }
      throw new Error(reasons.join("; "));
    },
  };
}
