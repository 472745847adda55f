import { FcCredentialsError, sameCredentials, type Credentials, type CredentialsProvider } from "@fc-async/protocol";
import { fileReadProblem } from "../config/file-read-problem.ts";
import type { CredentialsConfig, SecretSource } from "../config/config.ts";
import { singleFlight } from "./single-flight.ts";

const FRESH_MS = 1000;

/** What reading files needs of its surroundings. */
export interface FileAccess {
  readonly readFile: (path: string) => Promise<string>;
  readonly now: () => number;
}

/** The provider of a key pair that the configuration holds or names files for. Files are read again at once when their pair was refused. */
export function staticCredentials(
  config: Extract<CredentialsConfig, { readonly type: "static" }>,
  { readFile, now }: FileAccess,
): CredentialsProvider {
  let last: { readonly credentials: Credentials; readonly readAtMs: number } | undefined;

  const readAll = singleFlight(async (): Promise<Credentials> => {
    const readAtMs = now();
    const [accessKeyId, accessKeySecret, securityToken] = await Promise.all([
      textOf(config.accessKeyId, readFile),
      textOf(config.accessKeySecret, readFile),
      config.securityToken === undefined ? undefined : textOf(config.securityToken, readFile),
    ]);
    const credentials: Credentials = { accessKeyId, accessKeySecret, securityToken };
    last = { credentials, readAtMs };
    return credentials;
  });

  return (refused) => {
    const isFresh = last !== undefined && Math.abs(now() - last.readAtMs) < FRESH_MS;
    if (last === undefined || !isFresh) return readAll();
    // The pair in hand may be the one that was just replaced on disk.
    return refused !== undefined && sameCredentials(last.credentials, refused) ? readAll() : last.credentials;
  };
}

async function textOf(source: string | SecretSource, readFile: FileAccess["readFile"]): Promise<string> {
  if (typeof source === "string") return source;
  if ("reveal" in source) return source.reveal();
  let text: string;
  try {
    text = (await readFile(source.file)).trim();
  } catch (error) {
    throw new FcCredentialsError(`The credentials file ${source.file}: ${fileReadProblem(error)}.`, { cause: error });
  }
  if (text === "") {
    throw new FcCredentialsError(
      `The credentials file ${source.file} is empty. Write the key into it; it is read again.`,
    );
  }
  return text;
}
