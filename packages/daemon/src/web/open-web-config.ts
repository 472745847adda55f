import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ConfigError } from "../config/config-error.ts";
import { fileReadProblem } from "../config/file-read-problem.ts";
import { singleFlight } from "../credentials/single-flight.ts";
import { createBcryptComparer, type BcryptComparer } from "./bcrypt-comparer.ts";
import { createAuthenticator } from "./create-authenticator.ts";
import { fileVersions, type FileVersions } from "./file-versions.ts";
import { lostProtection } from "./lost-protection.ts";
import { createRateLimiter, type RateLimiter } from "./rate-limiter.ts";
import { readWebConfig, type FileReading } from "./read-web-config.ts";
import type { RateLimit, WebConfig } from "./web-config.ts";

export interface OpenWebConfigOptions {
  /** Path of the file. */
  readonly file: string;
  /** Told in a sentence, once for each change, when a changed file is not taken; and when a password could not be compared. */
  readonly onProblem: (problem: string) => void;
  /** Told when a change was taken. */
  readonly onReload?: (() => void) | undefined;
  /** The wall clock, for the age of files. Default: `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** For the rate limit. Default: `performance.now`. */
  readonly monotonicNow?: (() => number) | undefined;
  /** Default: bcryptjs in a thread of its own. */
  readonly compare?: BcryptComparer | undefined;
}

/** Why a request is not served. */
export interface RequestRefusal {
  readonly status: 401 | 429 | 500 | 503;
  readonly text: string;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** A web config file in force: one for all addresses that a program listens on. */
export interface WebConfigSource {
  /** What is in force, after a look at the files. */
  current(): Promise<WebConfig>;
  /** Sets the headers of an answer, and says why its request is not served; `undefined` when it is. */
  admit(request: IncomingMessage, response: ServerResponse): Promise<RequestRefusal | undefined>;
}

/**
 * Opens a web config file and follows it: the file, its certificate, key and authorities are looked at for every connection and every
 * request, and read again when they changed. exporter-toolkit answers 500 while a file is wrong; here the last right one stays
 * in force, since it protects as before and a slip must not blind the monitoring, and the problem is told once. A change
 * that takes a protection away (TLS, all users, client certificates) needs a restart: a file that is being written looks like that.
 *
 * @throws {ConfigError} When the file is wrong at first, or cannot be read.
 */
export async function openWebConfig(options: OpenWebConfigOptions): Promise<WebConfigSource> {
  const { file, onProblem, onReload, now = Date.now, monotonicNow = () => performance.now() } = options;
  const authenticate = createAuthenticator(options.compare ?? createBcryptComparer());

  let versions: FileVersions | undefined;
  let reading = readFiles(file);
  if (!("config" in reading)) throw reading.error;
  let { config } = reading;
  let limit: { readonly of: RateLimit; readonly take: RateLimiter } | undefined;

  const refresh = singleFlight(async (): Promise<void> => {
    const seen = await fileVersions(reading.paths, now());
    if (versions?.isSettled === true && seen.text === versions.text) return;
    versions = seen;
    const next = readFiles(file);
    if (next.digest === reading.digest) return;
    reading = next;
    const lost = "config" in next ? lostProtection(config, next.config) : undefined;
    if (!("config" in next)) {
      onProblem(`the web config changed and is wrong, so the last right one stays in force: ${next.error.message}`);
    } else if (lost !== undefined) {
      onProblem(`${file} no longer has ${lost}, which stays in force until a restart`);
    } else {
      config = next.config;
      onReload?.();
    }
  });

  async function current(): Promise<WebConfig> {
    await refresh();
    return config;
  }

  function waitMs(rateLimit: RateLimit): number {
    if (limit?.of.intervalMs !== rateLimit.intervalMs || limit.of.burst !== rateLimit.burst) {
      limit = { of: rateLimit, take: createRateLimiter(rateLimit, monotonicNow) };
    }
    return limit.take().waitMs;
  }

  async function authenticationRefusal(
    { headers, socket }: IncomingMessage,
    { users }: WebConfig,
  ): Promise<RequestRefusal | undefined> {
    if (users.size === 0) return undefined;
    const { remoteAddress } = socket;
    try {
      const result = await authenticate({ authorization: headers.authorization, remoteAddress }, users);
      if (result === "granted") return undefined;
      return result === "busy"
        ? {
            status: 503,
            text: "Too many passwords wait to be checked. Try again later.",
            headers: { "retry-after": 1 },
          }
        : { status: 401, text: "Unauthorized", headers: { "www-authenticate": "Basic" } };
    } catch (error) {
      onProblem(`a password could not be compared: ${error instanceof Error ? error.message : String(error)}`);
      return { status: 500, text: "Internal error. The log says more.", headers: {} };
    }
  }

  return {
    current,
    async admit(request, response) {
      const inForce = await current();
      for (const [name, value] of inForce.headers) response.setHeader(name, value);
      const wait = inForce.rateLimit === undefined ? 0 : waitMs(inForce.rateLimit);
      if (wait > 0) {
        const retryAfter = Math.ceil(wait / 1000);
        return { status: 429, text: "Too Many Requests", headers: { "retry-after": retryAfter } };
      }
      return authenticationRefusal(request, inForce);
    },
  };
}

/**
 * What is wrong with a web config file, one line each: for `--config.check` and beside wrong flags. Nothing when there is no file to
 * look at.
 */
export function webConfigProblems(file: string | undefined): readonly string[] {
  const reading = file === undefined ? undefined : readFiles(file);
  return reading === undefined || "config" in reading ? [] : reading.error.problems;
}

/** What a look into all files came to. */
type FilesReading = {
  /** The files that were looked at. */
  readonly paths: readonly string[];
  /** Changes with what any of them holds. */
  readonly digest: string;
} & ({ readonly config: WebConfig } | { readonly error: ConfigError });

/** Reads all at one go, so that nothing else happens between certificate and key; it is done at a change only. */
function readFiles(file: string): FilesReading {
  const paths = [file];
  const hash = createHash("sha256");
  const keep = (reading: FileReading): void => void hash.update(JSON.stringify(reading));
  const done = (): { readonly paths: readonly string[]; readonly digest: string } => ({
    paths,
    digest: hash.digest("hex"),
  });

  const main = readText(file);
  keep(main);
  if (!("text" in main)) {
    const problem = { line: undefined, column: undefined, path: "", message: main.problem };
    return { ...done(), error: new ConfigError([problem], file) };
  }
  try {
    const config = readWebConfig(main.text, {
      fileName: file,
      readFile(path) {
        paths.push(path);
        const reading = readText(path);
        keep(reading);
        return "text" in reading ? reading : { problem: `the file ${path}: ${reading.problem}` };
      },
    });
    return { ...done(), config };
  } catch (error) {
    if (error instanceof ConfigError) return { ...done(), error };
    throw error;
  }
}

function readText(path: string): FileReading {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return { problem: fileReadProblem(error) };
  }
}
