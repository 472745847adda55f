const MAX_CAUSES = 8;

/** The message of an error and of what caused it, `outer: inner: innermost`; what a message already says is not repeated. */
export function errorText(error: Error): string {
  let text = error.message === "" ? error.name : error.message;
  let current: unknown = nextOf(error);
  for (let depth = 0; depth < MAX_CAUSES && current !== undefined; depth++) {
    const said = current instanceof Error ? current.message : typeof current === "string" ? current : "";
    if (said !== "" && !text.includes(said)) text = `${text}: ${said}`;
    current = current instanceof Error ? nextOf(current) : undefined;
  }
  return text;
}

function nextOf(error: Error): unknown {
  return error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
}
