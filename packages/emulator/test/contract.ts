import { readFileSync } from "node:fs";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { parse } from "yaml";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/** The part of the description that is looked into here. */
interface Contract {
  readonly components: {
    readonly schemas: Readonly<Record<string, { readonly properties: Readonly<Record<string, object>> }>>;
  };
}

const file = new URL("../../../openapi/fc-2021-04-06.yaml", import.meta.url);
const contract: Contract = parse(readFileSync(file, "utf8"));

/**
 * The schemas, closed: clients must bear members they do not know, the emulator must not invent any. Pages and rows are also
 * complete, though the service may leave members out.
 */
const complete: ReadonlySet<string> = new Set(["AsyncConfigMetaPage", "AsyncConfigMeta"]);
const schemas = Object.fromEntries(
  Object.entries(contract.components.schemas).map(([name, schema]) => [
    name,
    {
      ...schema,
      additionalProperties: false,
      ...(complete.has(name) && { required: Object.keys(schema.properties) }),
    },
  ]),
);

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
ajv.addVocabulary(Object.keys(contract));
ajv.addSchema({ ...contract, components: { ...contract.components, schemas }, $id: "contract" });

const at = (pointer: string): ValidateFunction => ajv.compile({ $ref: `contract#${pointer}` });
const page = at("/components/responses/Page/content/application~1json/schema");
const acsRefusal = at("/components/responses/AcsRefusal/content/application~1json/schema");
const fcRefusal = at("/components/responses/FcRefusal/content/application~1json/schema");
const requestId = at("/components/headers/RequestId/schema");
const date = at("/components/headers/Date/schema");
const contentLength = at("/components/headers/ContentLength/schema");

/** Holds an answer against the OpenAPI description: the headers of every answer, and the body of a page or of a refusal. */
export function expectContract(response: Response, text: string): void {
  const { headers } = response;
  expect(headers.get("x-fc-request-id")).toMatch(uuid);
  expectValid(requestId, headers.get("x-fc-request-id"));
  expectValid(date, headers.get("date"));
  expectValid(contentLength, Number.parseInt(headers.get("content-length") ?? "", 10));
  // An answer to HEAD has no body to hold against anything.
  if (text === "") return;
  const body: unknown = JSON.parse(text);
  if (response.ok) {
    expectValid(page, body);
    // Nothing found is null, as the vendor's tests have it, never an empty list.
    expect(body).not.toMatchObject({ data: [] });
  } else if (text.startsWith('{"ErrorCode"')) {
    expectValid(fcRefusal, body);
  } else {
    expectValid(acsRefusal, body);
    expect(body).toMatchObject({ RequestId: headers.get("x-fc-request-id"), HostId: expect.any(String) });
  }
}

function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(value);
  expect(validate.errors, JSON.stringify(value)).toBeNull();
}
