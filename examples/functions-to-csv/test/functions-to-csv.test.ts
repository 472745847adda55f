import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createEmulator, DEMO_ACCOUNT, demoAccounts, type EmulatorOptions, openApiContract } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { csvLine } from "../src/csv-line.ts";
import { serveEmulator } from "./serve-emulator.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

const ENV = {
  ALIBABA_CLOUD_ACCOUNT_ID: DEMO_ACCOUNT.accountId,
  ALIBABA_CLOUD_ACCESS_KEY_ID: DEMO_ACCOUNT.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: DEMO_ACCOUNT.accessKeySecret,
  FC_ASYNC_REGIONS: DEMO_ACCOUNT.region,
};

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(env: NodeJS.ProcessEnv): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

async function runAgainstEmulator(env: NodeJS.ProcessEnv, faults: EmulatorOptions["faults"] = []): Promise<Ended> {
  const endpoint = await serveEmulator(
    createEmulator({ accounts: demoAccounts(), faults, contract: openApiContract("fail") }),
  );
  return run({ ...ENV, FC_ASYNC_ENDPOINT: endpoint, ...env });
}

/** The other direction, written against RFC 4180 and not against the writer. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let record: string[] = [];
  while (field.lastIndex < text.length) {
    const [all, quoted, plain = "", end] = field.exec(text) ?? [];
    if (all === undefined) throw new Error(`no CSV at: ${text.slice(field.lastIndex)}`);
    record.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ",") continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe("the program", () => {
  test("prints every row of every region under one head", async () => {
    const { code, stdout, stderr } = await runAgainstEmulator({ FC_ASYNC_REGIONS: "cn-hangzhou, cn-shanghai" });
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const [head, ...rows] = parseCsv(stdout);
    expect(head).toEqual(["region", "service", "function", "qualifier"]);
    expect(rows).toHaveLength(75);
    expect(rows[0]).toEqual(["cn-hangzhou", "billing-jobs", "close-month", "LATEST"]);
    expect(rows[74]).toEqual(["cn-shanghai", "order-events", "place", "LATEST"]);
  });

  test("keeps names with quotes, commas and line breaks apart, exactly as they are", async () => {
    const account = demoAccounts()[1];
    const { stdout } = await runAgainstEmulator({
      ALIBABA_CLOUD_ACCOUNT_ID: account?.accountId,
      ALIBABA_CLOUD_ACCESS_KEY_ID: account?.accessKeys[0]?.accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: account?.accessKeys[0]?.accessKeySecret,
      FC_ASYNC_REGIONS: "eu-central-1",
    });
    const printed = parseCsv(stdout).slice(1);
    const expected = account?.regions["eu-central-1"]?.map((row) => [
      "eu-central-1",
      row.serviceName,
      row.functionName,
      row.qualifier,
    ]);
    expect(printed).toHaveLength(12);
    expect(printed).toEqual(expect.arrayContaining(expected ?? []));
  });

  test("prints no line of a list that it cannot complete", async () => {
    const { code, stdout, stderr } = await runAgainstEmulator({ FC_ASYNC_REGIONS: "cn-hangzhou,cn-shanghai" }, [
      { match: { region: "cn-shanghai" }, times: "forever", action: { type: "status", status: 403 } },
    ]);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^functions-to-csv: .*403/);
    expect(code).toBe(1);
  });

  test.each(Object.keys(ENV))("says that %s is not set", async (name) => {
    const { code, stdout, stderr } = await run({ ...ENV, [name]: " " });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toBe(`functions-to-csv: ${name} is not set; README.md lists what is needed\n`);
  });

  test("refuses a list of regions that names none, which would print as an empty account", async () => {
    const { code, stdout } = await run({ ...ENV, FC_ASYNC_REGIONS: " , " });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });
});

test.each([
  [["a", "b"], "a,b\r\n"],
  [["a,b", "c"], '"a,b",c\r\n'],
  [['say "x"', ""], '"say ""x""",\r\n'],
  [["two\nlines", "cr\r"], '"two\nlines","cr\r"\r\n'],
])("the record of %j is as RFC 4180 has it", (fields, line) => {
  expect(csvLine(fields)).toBe(line);
});
