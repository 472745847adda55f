import * as z from "zod";
import { secret } from "../secret.ts";
import type { CredentialsConfig, KeySourceConfig, RoleSessionConfig, SecretSource } from "./config.ts";
import { endpointProblem } from "./endpoint-problem.ts";
import { duration, expected, mapping, text } from "./schema-parts.ts";

const STATIC_FORM_KEYS = "access_key_id with access_key_secret or access_key_secret_file";

/** What the errors of a credentials block say when no form fits. */
export const CREDENTIALS_FORMS: string = `default, ecs_ram_role, oidc, { profile }, { role_arn }, { uri }, { ecs_ram_role }, { oidc }, or ${STATIC_FORM_KEYS}`;

/** The same for the keys that assume a role. */
export const KEY_SOURCE_FORMS: string = `default, ecs_ram_role, oidc, { profile }, { uri }, { ecs_ram_role }, { oidc }, or ${STATIC_FORM_KEYS}`;

const HOUR_MS = 3_600_000;
/** The vendor's library renews a pair a quarter of an hour before its end: a shorter one would be renewed for each call. */
const LEAST_SESSION_MS = HOUR_MS / 3;
const LONGEST_SESSION_MS = 12 * HOUR_MS;

const secretText = (what: string) => z.string(expected(what)).min(1, expected(what));
const secretFile = (what: string) =>
  text(`the path of a file that holds ${what}`, /^.+$/).describe(
    `File that holds ${what}; relative paths start at the configuration file. Read again when it changes.`,
  );

const staticCredentials = mapping({
  access_key_id: secretText("an access key id").describe("Access key id.").optional(),
  access_key_id_file: secretFile("the access key id").optional(),
  access_key_secret: secretText("an access key secret")
    .describe('Access key secret; better as `"${NAME}"` than in clear text.')
    .optional(),
  access_key_secret_file: secretFile("the access key secret").optional(),
  security_token: secretText("a security token").describe("Security token of temporary keys (STS).").optional(),
  security_token_file: secretFile("the security token").optional(),
})
  .superRefine((keys, context) => {
    // The form of a block without any of these keys is another; which are missing or too many is told by relationProblems.
    if (Object.values(keys).every((value) => value === undefined)) context.addIssue(CREDENTIALS_FORMS);
  })
  .transform((keys): KeySourceConfig => {
    return {
      type: "static",
      accessKeyId: keys.access_key_id ?? { file: keys.access_key_id_file ?? "" },
      accessKeySecret: secretSource(keys.access_key_secret, keys.access_key_secret_file) ?? secret(""),
      securityToken: secretSource(keys.security_token, keys.security_token_file),
    };
  });

function secretSource(inline: string | undefined, file: string | undefined): SecretSource | undefined {
  if (inline !== undefined) return secret(inline);
  return file === undefined ? undefined : { file };
}

const roleArn = text('a role, such as "acs:ram::1234567890123456:role/fc-async"', /^acs:ram::\d+:role\/\S+$/);

const roleSession = {
  session_name: text("2 to 64 letters, digits, dots, dashes, underscores and @", /^[\w.@-]{2,64}$/)
    .describe("Name of the session in the vendor's audit trail.")
    .prefault("fc-async"),
  duration: duration({ minMs: LEAST_SESSION_MS, maxMs: LONGEST_SESSION_MS })
    .describe("How long one temporary key is good, as far as the role allows; it is renewed 15m before its end.")
    .prefault("1h"),
  policy: text("a RAM policy as JSON", /^\s*\{/)
    .refine(isJson, "expected a RAM policy as JSON")
    .describe("A RAM policy as JSON that narrows what the role may do.")
    .optional(),
  sts_endpoint: text('a host name, such as "sts-vpc.cn-hangzhou.aliyuncs.com"', /^[A-Za-z0-9.-]+(:\d{1,5})?$/)
    .refine(
      (host) => endpointProblem(`https://${host}`) === undefined,
      "expected a host name; metadata addresses are refused",
    )
    .describe(
      "Host of the token service, asked over https. Default: `sts.aliyuncs.com`, or what `ALIBABA_CLOUD_STS_REGION` and `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED` say.",
    )
    .optional(),
};

const words = z.enum(["default", "ecs_ram_role", "oidc"]).transform((word): KeySourceConfig => {
  if (word === "default") return { type: "default" };
  return word === "oidc" ? oidcConfig(oidcKeys.parse({})) : { type: "ecs_ram_role", roleName: undefined };
});

const profile = mapping({
  profile: text("the name of a profile", /^\S.{0,127}$/).describe("A profile of the vendor's credentials file."),
}).transform((keys): KeySourceConfig => ({ type: "profile", profile: keys.profile }));

const uri = mapping({
  uri: text("an http or https URL that answers with temporary keys", /^https?:\/\/\S+$/).describe(
    "A URL that answers with temporary keys as JSON.",
  ),
}).transform((keys): KeySourceConfig => ({ type: "uri", uri: keys.uri }));

const ecsRamRole = mapping({
  ecs_ram_role: text("the name of the machine's role, not its ARN", /^[\w.-]{1,64}$/).describe(
    "The RAM role of the machine (ECS, or a node of ACK). The plain word `ecs_ram_role` asks the metadata service for its name.",
  ),
}).transform((keys): KeySourceConfig => ({ type: "ecs_ram_role", roleName: keys.ecs_ram_role }));

const oidcKeys = mapping({
  role_arn: roleArn.describe("The RAM role to assume. Default: `ALIBABA_CLOUD_ROLE_ARN`.").optional(),
  oidc_provider_arn: text(
    'an OIDC provider, such as "acs:ram::1234567890123456:oidc-provider/ack-rrsa-c0"',
    /^acs:ram::\d+:oidc-provider\/\S+$/,
  )
    .describe("The OIDC provider that RAM knows the cluster by. Default: `ALIBABA_CLOUD_OIDC_PROVIDER_ARN`.")
    .optional(),
  oidc_token_file: text("the path of a file that holds an OIDC token", /^.+$/)
    .describe(
      "File with the OIDC token; relative paths start at the configuration file. Read again for each temporary key. Default: `ALIBABA_CLOUD_OIDC_TOKEN_FILE`.",
    )
    .optional(),
  ...roleSession,
});

const oidc = mapping({ oidc: oidcKeys }).transform((keys): KeySourceConfig => oidcConfig(keys.oidc));

function oidcConfig(keys: z.output<typeof oidcKeys>): KeySourceConfig {
  return {
    type: "oidc",
    roleArn: keys.role_arn,
    providerArn: keys.oidc_provider_arn,
    tokenFile: keys.oidc_token_file,
    ...sessionConfig(keys),
  };
}

const role = mapping({
  role_arn: roleArn.describe("A RAM role to assume, of this account or another."),
  source: z
    .union([words, profile, uri, ecsRamRole, oidc, staticCredentials], expected(KEY_SOURCE_FORMS))
    .describe("Where the keys that may assume it come from: any other form of `credentials`.")
    .prefault("default"),
  external_id: text("2 to 1224 letters, digits and =,.@:/_-", /^[\w=,.@:/-]{2,1224}$/)
    .describe("External id that the role's trust policy asks for.")
    .optional(),
  ...roleSession,
}).transform((keys): CredentialsConfig => ({
  type: "role_arn",
  roleArn: keys.role_arn,
  source: keys.source,
  externalId: keys.external_id,
  ...sessionConfig(keys),
}));

interface RoleSessionKeys {
  readonly session_name: string;
  readonly duration: number;
  readonly policy?: string | undefined;
  readonly sts_endpoint?: string | undefined;
}

function sessionConfig(keys: RoleSessionKeys): RoleSessionConfig {
  const { session_name: sessionName, duration: durationMs, policy, sts_endpoint: stsEndpoint } = keys;
  return { sessionName, durationMs, policy, stsEndpoint };
}

function isJson(policy: string): boolean {
  try {
    JSON.parse(policy);
    return true;
  } catch {
    return false;
  }
}

/** Where the key pair of an account comes from. The order of the union is that of {@link credentialsForm}'s numbers. */
export const credentialsSchema: z.ZodType<CredentialsConfig> = z
  .union([words, profile, role, uri, ecsRamRole, oidc, staticCredentials], expected(CREDENTIALS_FORMS))
  .describe("Where the key pair comes from.");

const FORM_KEYS = ["profile", "role_arn", "uri", "ecs_ram_role", "oidc"] as const;
const KEY_SOURCE_FORM_KEYS = FORM_KEYS.filter((key) => key !== "role_arn");

/** Which member of the union a credentials block means, by its keys; `undefined` for what is no block at all. */
export function credentialsForm(block: unknown): number | undefined {
  return formOf(block, FORM_KEYS);
}

/** The same for the `source` of a role. */
export function keySourceForm(block: unknown): number | undefined {
  return formOf(block, KEY_SOURCE_FORM_KEYS);
}

/** Whether a block means keys of its own: none of the keys that name another form. */
export function isStaticForm(block: unknown): boolean {
  return formOf(block, FORM_KEYS) === FORM_KEYS.length + 1;
}

/** The word comes first, a form without a key of its own last. */
function formOf(block: unknown, keys: readonly string[]): number | undefined {
  if (typeof block !== "object" || block === null || Array.isArray(block)) return undefined;
  const form = keys.findIndex((key) => Object.hasOwn(block, key));
  return form === -1 ? keys.length + 1 : form + 1;
}
