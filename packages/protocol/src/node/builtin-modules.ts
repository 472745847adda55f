import * as https from "node:https";

/**
 * node:http, taken without an `import`: importing it as a module evaluates its lazy exports, among them the whole built-in
 * HTTP client behind the global `fetch` (13 MB and two thirds of Node's own start time). node:https has none of them.
 */
export const http: typeof import("node:http") = process.getBuiltinModule("node:http");

export { https };
