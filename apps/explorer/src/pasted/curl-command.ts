import { percentEncode } from "@fc-async/protocol";
import { addHeader, sentUrl, type PastedReading } from "./pasted-request.ts";
import { shellWords } from "./shell-words.ts";

/** Options with a value that changes nothing about what is signed. */
const IGNORED_WITH_VALUE: ReadonlySet<string> = new Set(
  `-b -c -C -D -e -E -K -m -o -P -Q -r -t -u -U -w -x -y -Y -z --cookie --cookie-jar --continue-at --dump-header --referer --cert
  --config --max-time --output --range --user --proxy-user --write-out --proxy --noproxy --speed-limit --speed-time --connect-timeout
  --resolve --connect-to --cacert --capath --key --pass --ciphers --interface --retry --retry-delay --retry-max-time --max-redirs
  --max-filesize --limit-rate --dns-servers --unix-socket --output-dir --proto --tls-max --trace --trace-ascii --stderr`.split(
    /\s+/,
  ),
);
const DATA: ReadonlySet<string> = new Set([
  "-d",
  "--data",
  "--data-ascii",
  "--data-raw",
  "--data-binary",
  "--data-urlencode",
]);
const REFUSED: ReadonlySet<string> = new Set([
  "-F",
  "--form",
  "--form-string",
  "-T",
  "--upload-file",
  "--json",
  "--next",
  "-:",
]);
const WITH_VALUE: ReadonlySet<string> = new Set([
  ...IGNORED_WITH_VALUE,
  ...DATA,
  ...REFUSED,
  "-H",
  "--header",
  "-X",
  "--request",
  "-A",
  "--user-agent",
  "--url",
]);

/** One option with its value; an operand has the name "". */
type Argument = readonly [name: string, value: string];

/** Whether a text is a call of curl; the prompt of a shell may stand before it. */
export function isCurlCommand(text: string): boolean {
  return /^\s*(?:[$#%>]\s+)?(?:\S*\/)?curl(?:\.exe)?[\s\\]/.test(text);
}

/** Reads a `curl` command, also one that a browser copied ("Copy as cURL", in bash's form), as the request it sends. */
export function readCurlCommand(text: string): PastedReading {
  if (/\^\s*$/m.test(text)) {
    return no(
      "The command is quoted with ^ for cmd.exe. Copy it in bash's form, or paste the request line and headers.",
    );
  }
  const split = shellWords(text.replace(/^\s*[$#%>]\s+/, "").trim());
  if (!split.ok) return split;
  const given = argumentsOf(split.words.slice(1));
  const refused = given.find(([name]) => REFUSED.has(name));
  if (refused !== undefined) return no(`${refused[0]} is not understood here: the operation is a GET without a body.`);

  const urls = given.filter(([name]) => name === "" || name === "--url").map(([, value]) => value);
  const [first] = urls;
  if (first === undefined || urls.length > 1) return no(`The command names ${urls.length} URLs; one is needed.`);
  const url = sentUrl(first);
  if (url === undefined) return no(`${JSON.stringify(first)} is no http or https URL.`);

  const has = (...names: readonly string[]): boolean => given.some(([name]) => names.includes(name));
  const data = given.filter(([name]) => DATA.has(name)).map(dataOf);
  if (data.includes(undefined))
    return no("The command reads its data from a file. Paste the request as curl -v prints it.");
  const sent = data.join("&");
  const isQuery = has("-G", "--get");
  const body = isQuery ? "" : sent;
  const separator = url.target.includes("?") ? "&" : "?";
  return {
    ok: true,
    request: {
      method: methodOf(given, { hasBody: body !== "", isHead: has("-I", "--head") }),
      target: isQuery && data.length > 0 ? `${url.target}${separator}${sent}` : url.target,
      headers: headersOf(given, url.host, body !== ""),
      body,
    },
  };
}

function methodOf(
  given: readonly Argument[],
  { hasBody, isHead }: { readonly hasBody: boolean; readonly isHead: boolean },
): string {
  const asked = given.findLast(([name]) => name === "-X" || name === "--request")?.[1];
  if (asked !== undefined) return asked;
  if (isHead) return "HEAD";
  return hasBody ? "POST" : "GET";
}

/** `name:` takes one of curl's own headers out, `name;` sends an empty one. */
function headersOf(given: readonly Argument[], host: string, hasBody: boolean): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  const removed = new Set<string>();
  for (const [name, value] of given) {
    if (name === "-A" || name === "--user-agent") headers.set("user-agent", value);
    if (name !== "-H" && name !== "--header") continue;
    const [, header = "", separator, content = ""] = /^([^:;]+)([:;])(.*)$/s.exec(value) ?? [];
    if (separator === ";") addHeader(headers, header.trim(), "");
    else if (content.trim() === "") removed.add(header.trim().toLowerCase());
    else addHeader(headers, header.trim(), content.trim());
  }
  const own: readonly Argument[] = [
    ["host", host],
    ...(hasBody ? [["content-type", "application/x-www-form-urlencoded"] as const] : []),
  ];
  for (const [name, value] of own) if (!headers.has(name) && !removed.has(name)) headers.set(name, value);
  return headers;
}

/** The piece of the query or body an option adds; `undefined` for one that reads a file. */
function dataOf([name, value]: Argument): string | undefined {
  if (name === "--data-raw") return value;
  if (name !== "--data-urlencode") return value.startsWith("@") ? undefined : value;
  const [, parameter = "", sign = "", content = value] = /^([^=@]*)([=@])(.*)$/s.exec(value) ?? [];
  if (sign === "@") return undefined;
  return `${parameter === "" ? "" : `${parameter}=`}${percentEncode(content)}`;
}

/** Options with their values: `-H x`, `-Hx`, `-sSH x`, `--header x`. */
function argumentsOf(words: readonly string[]): readonly Argument[] {
  const given: Argument[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word.startsWith("--")) given.push([word, WITH_VALUE.has(word) ? (rest.shift() ?? "") : ""]);
    else if (word.startsWith("-") && word.length > 1)
      given.push(...shortOptions(word.slice(1), () => rest.shift() ?? ""));
    else given.push(["", word]);
  }
  return given;
}

/** `-sSH x` is `-s -S -H x`: the first letter that takes a value takes the rest, or the next word. */
function shortOptions(letters: string, nextWord: () => string): readonly Argument[] {
  const given: Argument[] = [];
  for (let index = 0; index < letters.length; index++) {
    const name = `-${letters.charAt(index)}`;
    if (WITH_VALUE.has(name)) return [...given, [name, letters.slice(index + 1) || nextWord()]];
    given.push([name, ""]);
  }
  return given;
}

function no(problem: string): PastedReading {
  return { ok: false, problem };
}
