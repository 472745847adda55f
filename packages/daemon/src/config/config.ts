import type { Secret } from "../secret.ts";

/** Everything a configuration says, with every default filled in. Both the exporter and the bot read all of it. */
export interface Config {
  readonly store: { readonly engine: "memory" };
  readonly poll: {
    /** Of accounts that say nothing else. */
    readonly intervalMs: number;
    /** Walks at the same time. */
    readonly concurrency: number;
    /** How long a list is shown after its last complete walk; 0 = for ever. */
    readonly maxStalenessMs: number;
  };
  readonly limits: {
    readonly maxRows: number;
    readonly maxPages: number;
    /** Of one answer, after decompression. */
    readonly maxBodyBytes: number;
    readonly walkDeadlineMs: number;
    /** Of each account that says nothing else. */
    readonly requestsPerSecond: number;
  };
  readonly accounts: readonly AccountConfig[];
  /** Hosts of endpoints that may have a private address; the vendor's own always may. */
  readonly privateHosts: readonly string[];
  readonly exporter: {
    /** Above it a target's info family is left out; 0 switches the family off. */
    readonly maxInfoSeries: number;
    /** Above it the smallest services of a target are folded into one. Two series for each service. */
    readonly maxServiceSeries: number;
  };
  readonly slack: { readonly tables: "auto" | "text"; readonly permissions: readonly never[] };
}

export interface AccountConfig {
  readonly accountId: string;
  readonly alias: string | undefined;
  readonly regions: readonly string[];
  readonly credentials: CredentialsConfig;
  /** A URL in which `{account_id}` and `{region}` may stand; `undefined` = the vendor's own endpoints. */
  readonly endpoint: string | undefined;
  readonly include: NameFilter;
  readonly exclude: NameFilter;
  /** Time from one walk of its targets to the next. */
  readonly intervalMs: number;
  /** Of all its regions together. */
  readonly requestsPerSecond: number;
}

/** Globs: `*` stands for any text, `?` for one character. */
export interface NameFilter {
  readonly services: readonly string[];
  readonly functions: readonly string[];
}

/** A secret itself, or the file that holds it. Files are read again when they may have changed. */
export type SecretSource = Secret | { readonly file: string };

/** Where keys come from without assuming a role by them. All but `static` go through the vendor's own library. */
export type KeySourceConfig =
  | { readonly type: "default" }
  | { readonly type: "profile"; readonly profile: string }
  | { readonly type: "uri"; readonly uri: string }
  /** The role of the machine, from its metadata service; without a name the service is asked for it. */
  | { readonly type: "ecs_ram_role"; readonly roleName: string | undefined }
  /** A role of RAM for the token of an OIDC provider, as pods have it (RRSA); what is missing comes from the environment. */
  | ({
      readonly type: "oidc";
      readonly roleArn: string | undefined;
      readonly providerArn: string | undefined;
      readonly tokenFile: string | undefined;
    } & RoleSessionConfig)
  | {
      readonly type: "static";
      readonly accessKeyId: string | SecretSource;
      readonly accessKeySecret: SecretSource;
      readonly securityToken: SecretSource | undefined;
    };

/** How a role is assumed. */
export interface RoleSessionConfig {
  /** Shown in the vendor's audit trail. */
  readonly sessionName: string;
  readonly durationMs: number;
  /** A RAM policy as JSON that narrows what the role may do. */
  readonly policy: string | undefined;
  /** Host of the token service; `undefined` = the vendor's, by `ALIBABA_CLOUD_STS_REGION`. */
  readonly stsEndpoint: string | undefined;
}

/** Where the key pair of an account comes from: a source of keys, or a role that is assumed with the keys of one. */
export type CredentialsConfig =
  | KeySourceConfig
  | ({
      readonly type: "role_arn";
      readonly roleArn: string;
      readonly source: KeySourceConfig;
      readonly externalId: string | undefined;
    } & RoleSessionConfig);
