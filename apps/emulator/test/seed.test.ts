import { demoAccounts, parseSeed, type Account } from "@fc-async/emulator";
import { beforeAll, describe, expect, test } from "vitest";
import { readInput } from "../src/input/read-input.ts";
import { makeFolder, run, start, type Folder } from "./program.ts";

let folder: Folder;
let text = "";
beforeAll(async () => {
  folder = await makeFolder();
  text = (await run(["seed"])).output;
  return () => folder.remove();
});

describe("fc-async-emulator seed", () => {
  test("prints the demo, with comments that teach", async () => {
    await expect(text).toMatchFileSnapshot("golden/seed-file.txt");
  });

  test("prints what reads as the very demo", () => {
    expect(readInput("seed.yaml", text, parseSeed)).toEqual({ ok: true, value: { accounts: demoAccounts() } });
  });

  test("prints a file that serve reads to the same world", async () => {
    const file = await folder.file("seed.yaml", text);
    const [demo, seeded] = [await start(), await start(`--seed.file=${file}`)];
    const states = await Promise.all([demo, seeded].map(async ({ adminUrl }) => accountsAt(adminUrl)));
    await Promise.all([demo.stop(), seeded.stop()]);
    expect(states[0]).toHaveLength(3);
    expect(states[1]).toEqual(states[0]);
  });

  test("prints examples that count once the # is taken away", () => {
    const uncommented = text.replaceAll(/^( *)#(?! )/gm, "$1");
    const reading = readInput("seed.yaml", uncommented, parseSeed);
    if (!reading.ok) throw new Error(reading.problems.join("\n"));
    const { accounts, churn, throttle } = reading.value;
    const keys = accounts.flatMap(({ accessKeys }: Account) => accessKeys);
    expect(keys.filter(({ policy }) => policy !== undefined)).toHaveLength(1);
    expect(keys.filter(({ status }) => status === "Inactive")).toHaveLength(1);
    expect(keys.filter(({ validForMs }) => validForMs !== undefined)).toHaveLength(1);
    expect(accounts[2]?.regions["us-west-1"]).toMatchObject({ generate: { services: 100 } });
    expect(accounts).toHaveLength(3 + 30);
    expect({ churn, throttle }).toMatchObject({ churn: { perMinute: 6 }, throttle: { requestsPerSecond: 10 } });
  });
});

async function accountsAt(adminUrl: string): Promise<readonly unknown[]> {
  const state: { readonly accounts: readonly unknown[] } = JSON.parse(
    await (await fetch(`${adminUrl}/_emulator/state`)).text(),
  );
  return state.accounts;
}
