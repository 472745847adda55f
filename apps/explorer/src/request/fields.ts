import {
  HOST_VARIABLES,
  SECURITY_TOKEN_DESCRIPTION,
  VENDOR_ENDPOINTS,
  type OperationParameter,
} from "../generated/operation.ts";
import type { FieldName } from "./explorer-request.ts";
import { parameterOf, type ParameterName } from "./parameter-of.ts";

/** One field of the form, with all that is shown beside it. */
export interface Field {
  readonly name: FieldName;
  readonly label: string;
  /** Plain text with `code` in backticks; what comes from the vendor ends with its source. */
  readonly documentation: string;
  /** What the service takes when the field is left empty; `""` for nothing. */
  readonly default: string;
  readonly example: string;
  readonly input: FieldInput;
  readonly isRequired: boolean;
  /** Where it goes, for a heading: the host, the keys, the query, the headers. */
  readonly group: "host" | "keys" | "query" | "headers";
}

/** What to type a field's value into. */
export type FieldInput =
  | { readonly kind: "text"; readonly suggestions?: readonly string[]; readonly pattern?: string }
  | { readonly kind: "secret" }
  | { readonly kind: "integer"; readonly minimum: number; readonly maximum: number };

const [publicEndpoint] = VENDOR_ENDPOINTS;

/** Every field, in the order of the form. Words, limits and examples of the operation's parameters are its description's. */
export const FIELDS: readonly Field[] = [
  {
    name: "accountId",
    label: "Account id",
    documentation: HOST_VARIABLES.accountId.description,
    default: "",
    example: HOST_VARIABLES.accountId.default,
    input: { kind: "text" },
    isRequired: true,
    group: "host",
  },
  {
    name: "region",
    label: "Region",
    documentation: HOST_VARIABLES.region.description,
    default: "",
    example: HOST_VARIABLES.region.default,
    input: { kind: "text" },
    isRequired: true,
    group: "host",
  },
  {
    name: "endpoint",
    label: "Endpoint",
    documentation:
      `An origin, in which {account_id} and {region} are replaced; https, or http on this machine. ` +
      VENDOR_ENDPOINTS.map(({ template, description }) => `\`${template}\`: ${description}`).join(" "),
    default: "",
    example: publicEndpoint.template,
    input: { kind: "text", suggestions: VENDOR_ENDPOINTS.map(({ template }) => template) },
    isRequired: true,
    group: "host",
  },
  {
    name: "accessKeyId",
    label: "AccessKey id",
    documentation: "The public half of the key pair. It stands in the Authorization header.",
    default: "",
    example: "LTAI5tExampleKeyId0000",
    input: { kind: "text" },
    isRequired: true,
    group: "keys",
  },
  {
    name: "accessKeySecret",
    label: "AccessKey secret",
    documentation: "The secret half. The signature is made with it here in the page; it is neither sent nor stored.",
    default: "",
    example: "",
    input: { kind: "secret" },
    isRequired: true,
    group: "keys",
  },
  {
    name: "securityToken",
    label: "Security token",
    documentation: SECURITY_TOKEN_DESCRIPTION,
    default: "",
    example: "",
    input: { kind: "secret" },
    isRequired: false,
    group: "keys",
  },
  parameterField("limit", "Limit"),
  parameterField("nextToken", "Next token"),
  parameterField("X-Fc-Account-Id", "X-Fc-Account-Id"),
  parameterField("X-Fc-Date", "X-Fc-Date"),
  parameterField("X-Fc-Trace-Id", "X-Fc-Trace-Id"),
];

function parameterField(name: ParameterName, label: string): Field {
  const parameter = parameterOf(name);
  return {
    name,
    label,
    documentation: parameter.description,
    default: parameter.default?.toString() ?? "",
    example: parameter.example.toString(),
    input: inputOf(parameter),
    isRequired: false,
    group: parameter.in === "query" ? "query" : "headers",
  };
}

function inputOf({ type, minimum, maximum, pattern }: OperationParameter): FieldInput {
  if (type === "integer" && minimum !== undefined && maximum !== undefined) {
    return { kind: "integer", minimum, maximum };
  }
  return pattern === undefined ? { kind: "text" } : { kind: "text", pattern };
}
