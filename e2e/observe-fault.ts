import { createSignedFetch, isFcError } from "@fc-async/protocol";
import { createNodeFetch } from "@fc-async/protocol/node";
import { DEMO_ACCOUNT } from "@fc-async/emulator";
import { runToEnd } from "./run-to-end.ts";

const PATH = "/2021-04-06/stateful-async-invocation-functions?limit=10";
/** Much for an answer on loopback, and little for a fault that lasts. */
const PATIENCE_MS = 1500;

/** What a client made of one request, in a few words: `200, 1423 characters`, or what it failed with. */
export type Observe = (url: string) => Promise<string>;

/** Lets a client sign, and keeps what it would have sent. */
async function signed(url: string): Promise<{ readonly target: string; readonly headers: Record<string, string> }> {
  const target = `${url}${PATH}`;
  let sent: Headers | undefined;
  const sign = createSignedFetch({
    fetch: (_url: string | URL | Request, init?: RequestInit) => {
      sent = new Headers(init?.headers);
      return Promise.resolve(new Response("{}"));
    },
    credentials: () => DEMO_ACCOUNT,
    scheme: { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" },
  });
  await sign(target);
  return { target, headers: Object.fromEntries(sent ?? []) };
}

/** The fetch of protocol/node: the error's class, and the code of what it comes from. */
export const observeByNodeFetch: Observe = async (url) => {
  const { target, headers } = await signed(url);
  const fetch = createNodeFetch({ timeouts: { headersMs: PATIENCE_MS, bodyMs: PATIENCE_MS } });
  try {
    return await described(await fetch(target, { headers }));
  } catch (error) {
    if (!isFcError(error)) throw error;
    const phase = "phase" in error ? `, ${String(error.phase)}` : "";
    return `${error.code} ${error.reason}${phase}${causeOf(error)}`;
  } finally {
    fetch.close();
  }
};

/** Node's own fetch, which is undici. */
export const observeByUndici: Observe = async (url) => {
  const { target, headers } = await signed(url);
  try {
    return await described(
      await fetch(target, { headers, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) }),
    );
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}${causeOf(error)}` : String(error);
  }
};

/** The program curl: its exit code. */
export const observeByCurl: Observe = async (url) => {
  const { target, headers } = await signed(url);
  const lines = Object.entries(headers).flatMap(([name, value]) => ["--header", `${name}: ${value}`]);
  const flags = ["--silent", "--compressed", "--max-time", String(PATIENCE_MS / 1000), "--output", "-"];
  const written = String.raw`\n%{http_code}`;
  const { code, stdout } = await runToEnd(".", "curl", [...flags, "--write-out", written, ...lines, target]);
  const end = stdout.lastIndexOf("\n");
  return code === 0 ? `${stdout.slice(end + 1)}, ${stdout.slice(0, end).length} characters` : `exit ${code}`;
};

async function described(response: Response): Promise<string> {
  const { length } = await response.text();
  return `${response.status}, ${length} characters`;
}

function causeOf({ cause }: Error): string {
  if (!(cause instanceof Error)) return "";
  const code: unknown = "code" in cause ? cause.code : cause.message;
  return ` (${typeof code === "string" ? code : cause.name})`;
}
