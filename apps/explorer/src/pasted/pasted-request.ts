/** A request that somebody made elsewhere, as a server would receive it. */
export interface PastedRequest {
  /** Upper case when it was so. */
  readonly method: string;
  /** Path and query as they stand on the request line. */
  readonly target: string;
  /** Names in lower case; values of a repeated name joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What reading a pasted text came to. */
export type PastedReading =
  | { readonly ok: true; readonly request: PastedRequest }
  /** One sentence: what is not understood, and what to paste instead. */
  | { readonly ok: false; readonly problem: string };

/** A URL in the parts a request line is made of, unchanged: a URL parser would encode what was sent bare. */
export interface SentUrl {
  /** As in `Host`: without user and without a port that is the scheme's own. */
  readonly host: string;
  readonly target: string;
}

/** Takes a URL apart; `undefined` for anything that is not http or https. Without a scheme it is http, as in curl. */
export function sentUrl(text: string): SentUrl | undefined {
  const [, scheme = "http", authority = "", rest = ""] = /^(?:(https?):\/\/)?([^/?#]+)([^#]*)/i.exec(text) ?? [];
  if (authority === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(text) !== /^https?:\/\//i.test(text)) return undefined;
  const ownPort = scheme.toLowerCase() === "https" ? ":443" : ":80";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return {
    host: host.endsWith(ownPort) ? host.slice(0, -ownPort.length) : host,
    target: rest.startsWith("/") ? rest : `/${rest}`,
  };
}

/** Adds a header as a server reads a second one of the same name. */
export function addHeader(headers: Map<string, string>, name: string, value: string): void {
  const key = name.toLowerCase();
  const before = headers.get(key);
  headers.set(key, before === undefined ? value : `${before}, ${value}`);
}
