/** A request target, taken apart and decoded the way a server does. */
export interface ReceivedTarget {
  /** As received, percent-encoded. */
  readonly rawPath: string;
  readonly decodedPath: string;
  /** Decoded, in the order received. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** Takes a target apart; `undefined` when an escape in it is malformed or not UTF-8. */
export function readTarget(target: string): ReceivedTarget | undefined {
  if (!target.isWellFormed()) return undefined;
  const [beforeQuery = "", ...rest] = target.split("?");
  const rawPath = beforeQuery === "" ? "/" : beforeQuery;
  const pieces = rest
    .join("?")
    .split("&")
    .filter((piece) => piece !== "");
  try {
    return {
      rawPath,
      decodedPath: decodeURIComponent(rawPath),
      parameters: pieces.map((piece) => {
        const [name = "", ...value] = piece.split("=");
        return [decodeFormComponent(name), decodeFormComponent(value.join("="))] as const;
      }),
    };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function decodeFormComponent(text: string): string {
  return decodeURIComponent(text.replaceAll("+", "%20"));
}
