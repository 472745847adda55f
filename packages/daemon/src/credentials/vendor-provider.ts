import type { CredentialsProvider as LibraryProvider } from "@alicloud/credentials";
import type { Credentials } from "@fc-async/protocol";
import type { CredentialsConfig, KeySourceConfig, RoleSessionConfig } from "../config/config.ts";
import { staticCredentials, type FileAccess } from "./static-credentials.ts";
import { vendorReason } from "./vendor-reason.ts";

const loadLibrary = () => import("@alicloud/credentials");

type Library = Awaited<ReturnType<typeof loadLibrary>>;
type VendorConfig = Exclude<CredentialsConfig, { readonly type: "static" }>;

/** What the vendor's providers have in common. */
export interface VendorProvider {
  readonly getCredentials: () => Promise<Credentials>;
}

/** What all ways to assume a role take. */
interface RoleSessionBuilder {
  withRoleSessionName(name: string): unknown;
  withDurationSeconds(seconds: number): unknown;
  withPolicy(policy: string): unknown;
  withStsEndpoint(host: string): unknown;
}

/**
 * Loads the vendor's library and makes the provider that a credentials block describes. What the block leaves open, the library
 * takes from its own `ALIBABA_CLOUD_…` variables at this moment.
 */
export async function buildVendorProvider(config: VendorConfig, access: FileAccess): Promise<VendorProvider> {
  const library = await loadLibrary();
  if (config.type !== "role_arn") return keySource(config, library, access);
  const builder = library.RAMRoleARNCredentialsProvider.builder()
    .withCredentialsProvider(keySource(config.source, library, access))
    .withRoleArn(config.roleArn);
  if (config.externalId !== undefined) builder.withExternalId(config.externalId);
  setSession(builder, config);
  return builder.build();
}

function keySource(config: KeySourceConfig, library: Library, access: FileAccess): LibraryProvider {
  switch (config.type) {
    case "default":
      return library.DefaultCredentialsProvider.builder().build();
    case "profile":
      return firstOf([
        () => library.CLIProfileCredentialsProvider.builder().withProfileName(config.profile).build(),
        () => library.ProfileCredentialsProvider.builder().withProfileName(config.profile).build(),
      ]);
    case "uri":
      return library.URICredentialsProvider.builder().withCredentialsURI(config.uri).build();
    case "ecs_ram_role": {
      const builder = library.ECSRAMRoleCredentialsProvider.builder();
      if (config.roleName !== undefined) builder.withRoleName(config.roleName);
      return builder.build();
    }
    case "oidc": {
      const builder = library.OIDCRoleArnCredentialsProvider.builder();
      if (config.roleArn !== undefined) builder.withRoleArn(config.roleArn);
      if (config.providerArn !== undefined) builder.withOIDCProviderArn(config.providerArn);
      if (config.tokenFile !== undefined) builder.withOIDCTokenFilePath(config.tokenFile);
      setSession(builder, config);
      return builder.build();
    }
    default:
      return ownKeys(config, access);
  }
}

function setSession(builder: RoleSessionBuilder, session: RoleSessionConfig): void {
  builder.withRoleSessionName(session.sessionName);
  builder.withDurationSeconds(Math.round(session.durationMs / 1000));
  if (session.policy !== undefined) builder.withPolicy(session.policy);
  if (session.stsEndpoint !== undefined) builder.withStsEndpoint(session.stsEndpoint);
}

/** Keys of the configuration or its files, as the library takes them. */
function ownKeys(config: Extract<KeySourceConfig, { readonly type: "static" }>, access: FileAccess): LibraryProvider {
  const keys = staticCredentials(config, access);
  const providerName = config.securityToken === undefined ? "static_ak" : "static_sts";
  return {
    getProviderName: () => providerName,
    getCredentials: async () => {
      const { accessKeyId, accessKeySecret, securityToken = "" } = await keys();
      return { accessKeyId, accessKeySecret, securityToken, providerName };
    },
  };
}

/** The first that answers, kept from then on: a profile stands in the CLI's file or in the SDKs' file. */
function firstOf(builders: readonly (() => LibraryProvider)[]): LibraryProvider {
  let found: LibraryProvider | undefined;
  return {
    getProviderName: () => found?.getProviderName() ?? "profile",
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
