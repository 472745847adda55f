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
  readonly maxItems?: number;
  readonly enum?: readonly string[];
  readonly const?: string | number;
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
      // zod calls this again for every wrapper around a schema: default, description, optional.
      if (jsonSchema.pattern?.endsWith(VARIABLE_PATTERN) === true) return;
      if (typeof jsonSchema.const === "string" || jsonSchema.enum !== undefined) {
        const { const: word, enum: words = [word], type: _, ...rest } = jsonSchema;
        for (const key of ["const", "enum", "type"] as const) delete jsonSchema[key];
        Object.assign(jsonSchema, rest, { anyOf: [{ enum: words }, { type: "string", pattern: VARIABLE_PATTERN }] });
      } else if (jsonSchema.pattern !== undefined) {
        jsonSchema.pattern = `${jsonSchema.pattern}|${VARIABLE_PATTERN}`;
      } else if (jsonSchema.const === undefined && (jsonSchema.type === "integer" || jsonSchema.type === "number")) {
        Object.assign(jsonSchema, { type: [jsonSchema.type, "string"], pattern: VARIABLE_PATTERN });
      }
    },
  });
  return { ...schema, title: "fc-async.yaml", description: "Configuration of fc-async-exporter and fc-async-slack." };
}

const VARIABLE_PATTERN = String.raw`\$\{[A-Za-z_][A-Za-z0-9_]*\}`;

/** The same without the variables: what belongs at each key once they are expanded. */
export function documentJsonSchema(): JsonSchemaNode {
  // eslint-disable-next-line typescript/no-unsafe-type-assertion -- zod made it from our own schema; the node type names the keywords it uses
  return z.toJSONSchema(configSchema, { io: "input" }) as JsonSchemaNode;
}
