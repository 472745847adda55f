import { BYTE_SIZE_PATTERN } from "./byte-size.ts";
import { documentJsonSchema, type JsonSchemaNode } from "./config-json-schema.ts";
import { DURATION_PATTERN } from "./duration.ts";
import { EXAMPLE_CONFIG } from "./example.ts";

/** The page about the configuration, Markdown: example, every setting, the forms of credentials, the way without a file. */
export function renderConfigurationDocs(): string {
  const schema = documentJsonSchema();
  const credentials = schema.properties?.["accounts"]?.items?.properties?.["credentials"];
  const forms = (credentials?.anyOf ?? []).flatMap((form) =>
    settingRows("credentials.", { properties: form.properties ?? {} }),
  );
  return `${HEAD}
## Example

\`\`\`yaml
${EXAMPLE_CONFIG}\`\`\`

## Settings

${settingsTable(schema)}

A duration is a number with its unit: \`500ms\`, \`60s\`, \`15m\`, \`1h\`, \`1d\`. A size is a whole number with its unit: \`512B\`, \`64KiB\`, \`4MiB\`,
\`1GiB\`. A pair of account and region may stand in the file only once.

## Credentials

\`credentials\` takes one of these forms:

| Form | Where the key pair comes from |
| --- | --- |
| \`default\` | The vendor's default chain: environment variables, OIDC (RRSA), the CLI's and the SDKs' profiles, the role of the machine, \`ALIBABA_CLOUD_CREDENTIALS_URI\`. |
| \`{ profile: name }\` | A profile in \`~/.aliyun/config.json\`, else in \`~/.alibabacloud/credentials\` or the file that \`ALIBABA_CLOUD_CREDENTIALS_FILE\` names. |
| \`{ role_arn: "acs:ram::…:role/…", source: … }\` | A RAM role, assumed with the keys of \`source\`: any other form of this table, \`default\` when it is not given. |
| \`ecs_ram_role\` or \`{ ecs_ram_role: name }\` | The RAM role of the machine, from its metadata service, with a metadata token where the service has one (\`ALIBABA_CLOUD_IMDSV1_DISABLED=true\` allows nothing else). |
| \`oidc\` or \`{ oidc: { role_arn, oidc_provider_arn, oidc_token_file } }\` | A RAM role for the OIDC token of a pod (RRSA). What is not given comes from the variables that RRSA sets. |
| \`{ uri: "http://…" }\` | A URL that answers with temporary keys. |
| \`{ access_key_id, access_key_secret, security_token }\` | Keys of the file itself, each also from a file of its own: add \`_file\` to the name. \`security_token\` only for temporary keys. |

One account's role assumed with the pod's own, in another account:

\`\`\`yaml
credentials:
  role_arn: "acs:ram::6543210987654321:role/fc-async"
  source: oidc
  external_id: fc-async-staging
\`\`\`

${table(forms)}

Files with keys are read again when they change, within a second and without a restart. They must exist, be readable and not be
empty when the program starts.

Temporary keys are renewed before they end. A key that the service refuses earlier is asked for anew, once for all regions of its
account, and the page is read again with the new one. Token services, the metadata service and credentials URIs are asked by the
vendor's library, which does not use \`HTTPS_PROXY\`.
${TAIL}`;
}

const HEAD = `# Configuration

The exporter and the bot read the same file, \`fc-async.yaml\`: each checks all of it and uses the blocks it needs. Unknown keys are
errors. A file that is wrong is refused with everything that is wrong in it, each with line and column, and exit code 2.

\`\${NAME}\` in a value is replaced by the environment variable of that name; a variable that is not set is an error. What a variable
holds is not expanded again, and there are no defaults. Inside \`{ }\` and \`[ ]\` put quotes around it: \`"\${NAME}"\`.

The JSON Schema of the file is in the package: \`@fc-async/daemon/schema/fc-async.schema.json\`.
`;

const TAIL = `
## Without a file

For one account environment variables are enough:

| Variable | Meaning |
| --- | --- |
| \`ALIBABA_CLOUD_ACCOUNT_ID\` | The account that owns the functions. Required. |
| \`FC_ASYNC_REGIONS\` | Regions with commas between them: \`cn-hangzhou,cn-shanghai\`. Required. |
| \`FC_ASYNC_ENDPOINT\` | As \`accounts[].endpoint\` above. |
| \`ALIBABA_CLOUD_ACCESS_KEY_ID\`, \`ALIBABA_CLOUD_ACCESS_KEY_SECRET\` | The key pair, both or neither. Without them the vendor's default chain finds one. |
| \`ALIBABA_CLOUD_SECURITY_TOKEN\` | With temporary keys. |

Everything else has its default.
`;

/** A table of every key below a schema: default, form and meaning, Markdown. */
export function settingsTable(schema: JsonSchemaNode): string {
  return table(settingRows("", schema));
}

/** More do not fit into a column. */
const MAX_WORDS = 6;

interface SettingRow {
  readonly key: string;
  readonly fallback: string;
  readonly form: string;
  readonly meaning: string;
}

function settingRows(prefix: string, node: JsonSchemaNode): readonly SettingRow[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, child]): readonly SettingRow[] => {
    const key = `${prefix}${name}`;
    if (child.properties !== undefined) return settingRows(`${key}.`, child);
    const row: SettingRow = {
      key,
      fallback: fallbackText(child.default, node.required?.includes(name) === true),
      form: formText(child),
      meaning: child.description ?? "",
    };
    return [row].concat(settingRows(`${key}[].`, child.items ?? {}));
  });
}

function fallbackText(fallback: unknown, required: boolean): string {
  if (required) return "required";
  if (fallback === undefined || fallback === "") return "";
  return `\`${typeof fallback === "string" ? fallback : JSON.stringify(fallback)}\``;
}

function formText(node: JsonSchemaNode): string {
  if (node.properties !== undefined) return "keys";
  if (node.const !== undefined) return `\`${node.const}\``;
  if ((node.enum?.length ?? 0) > MAX_WORDS) return "a name, listed below";
  if (node.enum !== undefined) return node.enum.map((word) => `\`${word}\``).join(" or ");
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(formText))].join(" or ");
  if (node.type === "array") return node.maxItems === 0 ? "empty list" : `list of ${formText(node.items ?? {})}`;
  if (node.type === "boolean") return "`true` or `false`";
  if (node.type === "integer" && node.maximum === Number.MAX_SAFE_INTEGER) return "whole number";
  if (node.type === "integer") return `whole number, ${node.minimum ?? ""} to ${node.maximum ?? ""}`;
  if (node.type === "number") return `number above ${node.exclusiveMinimum ?? ""}, at most ${node.maximum ?? ""}`;
  if (node.pattern === DURATION_PATTERN.source) return "duration";
  if (node.pattern === BYTE_SIZE_PATTERN.source) return "size";
  return node.type === "object" ? "keys" : "text";
}

function table(rows: readonly SettingRow[]): string {
  const lines = rows.map(({ key, fallback, form, meaning }) => `| \`${key}\` | ${fallback} | ${form} | ${meaning} |`);
  return ["| Key | Default | Form | Meaning |", "| --- | --- | --- | --- |", ...lines].join("\n");
}
