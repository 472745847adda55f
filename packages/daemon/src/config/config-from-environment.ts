import { checkDocument } from "./check-document.ts";
import type { Config } from "./config.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { formatPath } from "./config-path.ts";
import type { Environment } from "./expand-variables.ts";

/** The variables that are enough without a file, by the key they stand for. */
const VARIABLES: ReadonlyMap<string, string> = new Map([
  ["accounts[0].account_id", "ALIBABA_CLOUD_ACCOUNT_ID"],
  ["accounts[0].regions", "FC_ASYNC_REGIONS"],
  ["accounts[0].endpoint", "FC_ASYNC_ENDPOINT"],
]);

const FORMS: ReadonlyMap<string, string> = new Map([
  ["ALIBABA_CLOUD_ACCOUNT_ID", "the number of the account, such as 1234567890123456"],
  ["FC_ASYNC_REGIONS", "regions with commas between them, such as cn-hangzhou,cn-shanghai"],
]);

const ITEM = /^\[(?<index>\d+)\]$/u;
const REGION_OF_A_FILE = /accounts\[0\]\.regions\[(\d+)\]/u;

/**
 * The configuration of one account from environment variables alone: `ALIBABA_CLOUD_ACCOUNT_ID`, `FC_ASYNC_REGIONS` (commas
 * between them), optionally `FC_ASYNC_ENDPOINT`, and the vendor's own: `ALIBABA_CLOUD_ACCESS_KEY_ID`, `…_ACCESS_KEY_SECRET`,
 * `ALIBABA_CLOUD_SECURITY_TOKEN`. Without a key the vendor's default chain finds one. An empty variable counts as not set.
 *
 * @throws {ConfigError} With everything that is wrong, each under the name of its variable.
 */
export function configFromEnvironment(env: Environment): Config {
  const get = (name: string) => (Object.hasOwn(env, name) && env[name] !== "" ? env[name] : undefined);
  const accessKeyId = get("ALIBABA_CLOUD_ACCESS_KEY_ID");
  const accessKeySecret = get("ALIBABA_CLOUD_ACCESS_KEY_SECRET");
  const securityToken = get("ALIBABA_CLOUD_SECURITY_TOKEN");

  const account = {
    account_id: get("ALIBABA_CLOUD_ACCOUNT_ID")?.trim(),
    regions: get("FC_ASYNC_REGIONS")
      ?.split(",")
      .map((region) => region.trim())
      .filter((region) => region !== ""),
    endpoint: get("FC_ASYNC_ENDPOINT")?.trim(),
    credentials:
      accessKeyId === undefined || accessKeySecret === undefined
        ? "default"
        : {
            access_key_id: accessKeyId,
            access_key_secret: accessKeySecret,
            ...(securityToken === undefined ? {} : { security_token: securityToken }),
          },
  };
  const check = checkDocument({ accounts: [account] });
  const problems = [
    ...(check.ok ? [] : check.problems.map(({ path, message }) => variableProblem(formatPath(path), message))),
    ...halfKeyProblems(accessKeyId, accessKeySecret),
  ];
  if (!check.ok || problems.length > 0) throw new ConfigError(problems, undefined);
  return check.config;
}

function variableProblem(path: string, message: string): ConfigProblem {
  const [key, variable] = [...VARIABLES].find(([known]) => path.startsWith(known)) ?? [path, path];
  const item = ITEM.exec(path.slice(key.length))?.groups?.["index"];
  const place = item === undefined ? "" : `entry ${Number(item) + 1}: `;
  // What is written differently in a file is said here as it is written in a variable.
  const form = item === undefined ? FORMS.get(variable) : undefined;
  const said = form === undefined ? message : message.replace(/expected .*$/u, `expected ${form}`);
  const told = said.replace(REGION_OF_A_FILE, (_, index: string) => `entry ${Number(index) + 1}`);
  return { line: undefined, column: undefined, path: variable, message: `${place}${told}` };
}

/** One half of a key pair is a slip; the default chain would pass over it in silence. */
function halfKeyProblems(
  accessKeyId: string | undefined,
  accessKeySecret: string | undefined,
): readonly ConfigProblem[] {
  if ((accessKeyId === undefined) === (accessKeySecret === undefined)) return [];
  const [set, missing] =
    accessKeyId === undefined
      ? ["ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_ACCESS_KEY_ID"]
      : ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"];
  return [
    { line: undefined, column: undefined, path: missing, message: `missing, while ${set} is set; set both or neither` },
  ];
}
