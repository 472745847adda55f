import { escapeLine } from "@fc-async/daemon";
import { demoAccounts, type AccessKey, type FunctionRow, type ListedAccount } from "@fc-async/emulator";
import { parse } from "yaml";

const HEAD = `# A world for fc-async-emulator: serve it with --seed.file=<this file>.
# Lines that begin with # and no blank are examples: take the # away and they count.
`;

const POLICY = `        # What RAM lets the holder of this key do. Without a policy: everything.
        #policy: { Version: "1", Statement: [{ Effect: Allow, Action: "fc:List*", Resource: "*" }] }
        # An Inactive key is known and refused.
        #status: Inactive
`;
const VALIDITY = `        # A temporary key ends so many milliseconds after the start.
        #validForMs: 900000
`;
const GENERATED_REGION = `      # Rows may be made when they are asked for, each from its number and the seed: a million of them take no memory.
      #us-west-1: { generate: { services: 100, functions: 50, qualifiers: 2, names: hostile, seed: 7 } }
`;

const TAIL = `
# Many accounts alike, from 2000000000000001 on, with the keys LTAI5tFakeKey00000001 / FakeSecret00000000000000000001 and so on.
#generate: { accounts: 30, regions: [cn-hangzhou, cn-beijing], services: 20, functions: 10 }

# Functions that appear and disappear over time, in every region that has rows.
#churn: { perMinute: 6, seed: 1 }

# How fast one account may ask in one region; code: ResourceExhausted (429) or Throttling.User (400).
#throttle: { requestsPerSecond: 10, burst: 20, code: ResourceExhausted, retryAfter: seconds }
`;

/** The demo as a seed file that teaches: what `parseSeed` makes of it is `demoAccounts()`. */
export function demoSeed(): string {
  const accounts = demoAccounts();
  const blocks = accounts.map((account, index) => accountBlock(account, index, accounts.length));
  return `${HEAD}\naccounts:\n${blocks.join("\n")}${TAIL}`;
}

function accountBlock({ accountId, accessKeys, regions }: ListedAccount, index: number, count: number): string {
  const keys = accessKeys.map((key) => keyBlock(key, index === 0));
  const lists = Object.entries(regions).map(([region, rows]) => regionBlock(region, rows));
  const note = index === 0 ? " # in quotes: it is a name, not a number" : "";
  return [
    `  - accountId: ${scalar(accountId)}${note}\n`,
    `    accessKeys:\n${keys.join("")}`,
    `    regions:\n${lists.join("")}${index === count - 1 ? GENERATED_REGION : ""}`,
  ].join("");
}

function keyBlock({ accessKeyId, accessKeySecret, securityToken }: AccessKey, withPolicy: boolean): string {
  const token = securityToken === undefined ? "" : `        securityToken: ${scalar(securityToken)}\n${VALIDITY}`;
  return `      - accessKeyId: ${scalar(accessKeyId)}\n        accessKeySecret: ${scalar(accessKeySecret)}\n${token}${withPolicy ? POLICY : ""}`;
}

function regionBlock(region: string, rows: readonly FunctionRow[]): string {
  if (rows.length === 0) return `      ${region}: [] # answers data: null\n`;
  const lines = rows.map(
    ({ serviceName, functionName, qualifier }) =>
      `        - { serviceName: ${scalar(serviceName)}, functionName: ${scalar(functionName)}, qualifier: ${scalar(qualifier)} }\n`,
  );
  return `      ${region}:\n${lines.join("")}`;
}

/** Bare where YAML reads the text as itself, else in double quotes, whose escapes are JSON's. */
function scalar(text: string): string {
  return /^[A-Za-z][\w-]*$/.test(text) && parse(text) === text ? text : escapeLine(JSON.stringify(text));
}
