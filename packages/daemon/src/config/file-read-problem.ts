/** Why a file could not be read, in words with the next step. `error` is what `readFile` threw. */
export function fileReadProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file; check the path";
    case "EISDIR":
      return "this is a directory; name a file in it";
    case "EACCES":
    case "EPERM":
      return "the user of this process may not read it; check its owner and mode";
    default:
      return `it cannot be read (${typeof code === "string" ? code : "unknown reason"})`;
  }
}
