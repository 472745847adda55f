import { OPERATION, type OperationParameter } from "../generated/operation.ts";

/** The names of the operation's parameters. */
export type ParameterName = (typeof OPERATION.parameters)[number]["name"];

/** A parameter of the operation, as the description has it. */
export function parameterOf(name: ParameterName): OperationParameter {
  const found: OperationParameter | undefined = OPERATION.parameters.find((parameter) => parameter.name === name);
  if (found === undefined) throw new Error(`the description has no parameter ${name}`);
  return found;
}

/** The header parameters, in the order of the description. */
export const HEADER_NAMES: readonly HeaderName[] = OPERATION.parameters.flatMap((parameter) =>
  parameter.in === "header" ? [parameter.name] : [],
);

/** The names of the header parameters. */
export type HeaderName = Extract<(typeof OPERATION.parameters)[number], { readonly in: "header" }>["name"];
