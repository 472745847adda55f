import { readFileSync } from "node:fs";
import { renderFlagsTable } from "@fc-async/daemon";
import { createEmulator, demoAccounts, parseFaults, parseSeed } from "@fc-async/emulator";
import { expect, test } from "vitest";
import { adminRoutes } from "../src/admin/admin-routes.ts";
import { createAdminApp } from "../src/admin/create-admin-app.ts";
import { COMMANDS } from "../src/command-line/program.ts";
import { readInput } from "../src/input/read-input.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../README.md");
const samples = [...readme.matchAll(/```yaml\n(.*?)```/gsu)].map(([, text = ""]) => text);

test("the seed of the README is one", () => {
  const seed = samples.find((sample) => sample.startsWith("accounts:")) ?? "";
  expect(readInput("README.md", seed, parseSeed)).toMatchObject({
    ok: true,
    value: { accounts: [{ accountId: "1234567890123456" }], churn: {}, throttle: {} },
  });
});

test("the fault rules of the README are some", () => {
  const faults = samples.find((sample) => sample.startsWith("- match:")) ?? "";
  expect(readInput("README.md", faults, parseFaults)).toMatchObject({
    ok: true,
    value: [{ times: 1 }, { times: "forever" }],
  });
});

/** Tables without the padding that formatting adds. */
const unpadded = (text: string): string => text.replaceAll(/ {2,}/gu, " ").replaceAll(/-{3,}/gu, "---");

test.each(["serve", "env"] as const)(
  "the README has the table of the flags of %s as the program has them",
  (command) => {
    expect(unpadded(readme)).toContain(unpadded(renderFlagsTable(COMMANDS[command].flags)).trim());
  },
);

test("the README has every route of the admin API and no other", () => {
  const routes = Object.entries(adminRoutes(createEmulator({ accounts: demoAccounts() }))).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  const told = Array.from(readme.matchAll(/^\| `([A-Z]+ \/_emulator\/\w+)`/gmu), ([, route]) => route);
  expect(new Set(told)).toEqual(new Set(routes));
});

test("the line of the README that arms a fault arms one", async () => {
  const emulator = createEmulator({ accounts: demoAccounts() });
  const [, body = ""] = /-d '(\[.*\])'/u.exec(readme) ?? [];
  const request = new Request("http://127.0.0.1:10411/_emulator/faults", {
    method: "POST",
    headers: { host: "127.0.0.1:10411", "content-type": "application/json" },
    body,
  });
  const app = createAdminApp({ emulator, ownHosts: new Set(["127.0.0.1:10411"]) });
  expect((await app.fetch(request)).status).toBe(200);
  expect(emulator.faults.armed).toHaveLength(1);
});
