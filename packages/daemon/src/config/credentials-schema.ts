import * as z from "zod";
import { secret } from "../secret.ts";
import type { CredentialsConfig, SecretSource } from "./config.ts";
import { expected, mapping, text } from "./schema-parts.ts";

/** What the errors of a credentials block say when no form fits. */
export const CREDENTIALS_FORMS =
  "default, { profile }, { role_arn }, { uri }, or access_key_id with access_key_secret or access_key_secret_file";

/** Number of the form with keys of its own. */
export const STATIC_FORM = 4;

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
  .transform((keys): CredentialsConfig => {
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

/**
 * Where the key pair of an account comes from. The order of the union is that of {@link credentialsForm}'s numbers.
 */
export const credentialsSchema: z.ZodType<CredentialsConfig> = z
  .union(
    [
      z.literal("default").transform((): CredentialsConfig => ({ type: "default" })),
      mapping({
        profile: text("the name of a profile", /^\S.{0,127}$/).describe("A profile of the vendor's credentials file."),
      }).transform(({ profile }): CredentialsConfig => ({ type: "profile", profile })),
      mapping({
        role_arn: text(
          'a role, such as "acs:ram::1234567890123456:role/fc-async"',
          /^acs:ram::\d+:role\/\S+$/,
        ).describe("A RAM role to assume; the keys that may assume it come from the default chain."),
      }).transform(({ role_arn: roleArn }): CredentialsConfig => ({ type: "role_arn", roleArn })),
      mapping({
        uri: text("an http or https URL that answers with temporary keys", /^https?:\/\/\S+$/).describe(
          "A URL that answers with temporary keys as JSON.",
        ),
      }).transform(({ uri }): CredentialsConfig => ({ type: "uri", uri })),
      staticCredentials,
    ],
    expected(CREDENTIALS_FORMS),
  )
  .describe("Where the key pair comes from.");

/** Which member of the union a credentials block means, by its keys; `undefined` for what is no block at all. */
export function credentialsForm(block: unknown): number | undefined {
  if (typeof block !== "object" || block === null || Array.isArray(block)) return undefined;
  const form = ["profile", "role_arn", "uri"].findIndex((key) => Object.hasOwn(block, key));
  return form === -1 ? STATIC_FORM : form + 1;
}
