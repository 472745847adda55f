import type { FunctionRow } from "../account.ts";

const QUALIFIER = "LATEST";

/**
 * Names that break what handles them carelessly: prototype keys of JavaScript objects, the escapes of the exposition format,
 * characters that hide or turn text, and two rows that are equal once their names are joined by a comma or a colon.
 */
export const HOSTILE_ROWS: readonly FunctionRow[] = [
  { serviceName: "__proto__", functionName: "__proto__", qualifier: QUALIFIER },
  { serviceName: "constructor", functionName: "hasOwnProperty", qualifier: QUALIFIER },
  { serviceName: 'says "hello"', functionName: 'quote"', qualifier: QUALIFIER },
  { serviceName: "back\\slash", functionName: "ends-with\\", qualifier: QUALIFIER },
  { serviceName: "two\nlines", functionName: "line\nbreak", qualifier: QUALIFIER },
  { serviceName: "emoji-🚀", functionName: "🦄-and-é", qualifier: QUALIFIER },
  { serviceName: "rtl-\u202Egnp.exe", functionName: "override", qualifier: QUALIFIER },
  { serviceName: "<!channel>", functionName: "&lt;script&gt;", qualifier: QUALIFIER },
  { serviceName: "a,b", functionName: "c", qualifier: QUALIFIER },
  { serviceName: "a", functionName: "b:c", qualifier: QUALIFIER },
  { serviceName: "a", functionName: "b,c", qualifier: QUALIFIER },
  { serviceName: "a:b", functionName: "c", qualifier: QUALIFIER },
];
