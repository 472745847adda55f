import * as z from "zod";
import { configSchema } from "./config-schema.ts";

/** A node of the JSON Schema, as far as this package reads it. */
export interface JsonSchemaNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchemaNode;
  readonly anyOf?: readonly JsonSchemaNode[];
}

/**
 * The JSON Schema (draft 2020-12) of the configuration file as it is written, for editors and pipelines. `${NAME}` may stand
 * wherever a scalar may; rules between keys (`access_key_secret` or `access_key_secret_file`) are not in it.
 */
export function configJsonSchema(): object {
  const schema = z.toJSONSchema(configSchema, {
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.pattern !== undefined) jsonSchema.pattern = `${jsonSchema.pattern}|${VARIABLE_PATTERN}`;
      if (jsonSchema.type === "integer" || jsonSchema.type === "number") {
        Object.assign(jsonSchema, { type: [jsonSchema.type, "string"], pattern: VARIABLE_PATTERN });
      }
    },
  });
  return { ...schema, title: "fc-async.yaml", description: "Configuration of fc-async-exporter and fc-async-slack." };
}

const VARIABLE_PATTERN = String.raw`\$\{[A-Za-z_][A-Za-z0-9_]*\}`;

/** The same without the variables: what belongs at each key once they are expanded. */
export function documentJsonSchema(): JsonSchemaNode {
  return z.toJSONSchema(configSchema, { io: "input" }) as JsonSchemaNode;
}
