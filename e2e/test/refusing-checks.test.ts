import { beforeAll, describe, expect, test } from "vitest";
import { copyRepository, type Findings, type RepositoryCopy } from "../repository-copy.ts";

const WEB_STANDARD = ["protocol", "core", "inventory", "exposition", "emulator"] as const;
const FROM_NODE =
  'import { readFileSync } from "node:fs";\n\nexport const planted: string = readFileSync("x", "utf8");\n';
const FROM_AN_APP = 'export { startEmulatorServer } from "fc-async-emulator";\n';

let copy: RepositoryCopy;
beforeAll(async () => {
  copy = await copyRepository();
  return () => copy.remove();
});

const lint = (...paths: readonly string[]): Promise<Findings> => copy.run("oxlint", "--type-aware", ...paths);
const types = (...projects: readonly string[]): Promise<Findings> => copy.run("tsc", "-b", ...projects);
const boundaries = (): Promise<Findings> => copy.run("turbo", "boundaries");

/** What a check says with one more source file in a folder. */
function withPlanted(folder: string, source: string, check: (path: string) => Promise<Findings>): Promise<Findings> {
  const path = `${folder}/planted.ts`;
  return copy.withFile(
    path,
    () => source,
    () => check(path),
  );
}

test("the repository as it is passes each of the checks", async () => {
  const rooms = WEB_STANDARD.map((name) => `packages/${name}`);
  expect(await lint(...rooms.map((room) => `${room}/src`))).toMatchObject({ code: 0 });
  expect(await types(...rooms)).toEqual({ code: 0, output: "" });
  expect(await boundaries()).toMatchObject({ code: 0, output: expect.stringContaining("no issues found") });
});

describe.each(WEB_STANDARD)("an import of node:fs in packages/%s, which also runs without Node,", (name) => {
  const room = `packages/${name}`;

  test("is refused by the linter", async () => {
    const { code, output } = await withPlanted(`${room}/src`, FROM_NODE, lint);
    expect(code).toBe(1);
    expect(output).toContain("'node:fs' import is restricted");
    expect(output).toContain(`${room}/src/planted.ts:1:1`);
    expect(output).toContain("Web-standard package");
    expect(output).toContain("Found 0 warnings and 1 error.");
  });

  test("is refused by the compiler", async () => {
    expect(await withPlanted(`${room}/src`, FROM_NODE, () => types(room))).toEqual(unknownName(room, "'node:fs'"));
  });
});

test.each([
  ["a part of a module", 'export { readFile } from "node:fs/promises";\n', "'node:fs/promises'"],
  ["a module without its prefix", 'export { readFile } from "fs";\n', "'fs'"],
  ["a global", "export const planted: string = process.version;\n", "'process'"],
])("%s of Node is refused by the compiler, too", async (_what, source, named) => {
  const room = "packages/core";
  expect(await withPlanted(`${room}/src`, source, () => types(room))).toEqual(unknownName(room, named));
});

test.each(["node:fs/promises", "fs", "fs/promises"])(
  "the linter refuses %s however it is brought in",
  async (named) => {
    for (const source of [`export { readFile } from "${named}";\n`, `import "${named}";\n`]) {
      const { code, output } = await withPlanted("packages/inventory/src", source, lint);
      expect(code).toBe(1);
      expect(output).toContain(`'${named}' import is restricted`);
    }
  },
);

test("an import of node:fs passes where Node code is at home", async () => {
  const folder = "packages/protocol/src/node";
  expect(await withPlanted(folder, FROM_NODE, lint)).toMatchObject({ code: 0 });
  expect(await withPlanted(folder, FROM_NODE, () => types(folder))).toEqual({ code: 0, output: "" });
});

test("deploy's sources take names from the metric catalogue, and nothing else of ours", async () => {
  const planted = 'export { snapshotState } from "@fc-async/inventory";\n';
  const { code, output } = await withPlanted("deploy/src", planted, lint);
  expect(code).toBe(1);
  expect(output).toContain("deploy imports @fc-async/exposition alone");
  expect((await withPlanted("deploy/src", planted, boundaries)).code).toBe(1);
});

describe.each([...WEB_STANDARD, "daemon", "slack-sim"])("an import of an app in packages/%s", (name) => {
  const room = `packages/${name}`;

  test("is refused", async () => {
    const { code, output } = await withPlanted(`${room}/src`, FROM_AN_APP, boundaries);
    expect(code).toBe(1);
    expect(output).toMatch(/cannot import package `fc-async-emulator` because it is ?not a dependency/);
    expect(output).toContain(`${room}/src/planted.ts:1:37`);
    expect(output).toContain("1 issue found");
  });

  test("is refused when the package declares it, too", async () => {
    const declared = (manifest: string): string => {
      const { dependencies, ...rest } = JSON.parse(manifest);
      return JSON.stringify({ ...rest, dependencies: { ...dependencies, "fc-async-emulator": "workspace:^" } });
    };
    const { code, output } = await copy.withFile(`${room}/package.json`, declared, () =>
      withPlanted(`${room}/src`, FROM_AN_APP, boundaries),
    );
    expect(code).toBe(1);
    expect(output).toContain(
      `Package \`fc-async-emulator\` found with tag listed in denylist for \`@fc-async/${name}\`: \`app\``,
    );
  });
});

test("an import of an app by its path is refused", async () => {
  const source = FROM_AN_APP.replace("fc-async-emulator", "../../../apps/emulator/src/index.ts");
  const { code, output } = await withPlanted("packages/core/src", source, boundaries);
  expect(code).toBe(1);
  expect(output).toContain("import `../../../apps/emulator/src/index.ts` leaves the package");
  expect(output).toContain("1 issue found");
});

test.each([
  ["signing code in the emulator, which is to judge it,", "emulator", "@fc-async/protocol"],
  ["the client in the emulator", "emulator", "@fc-async/core"],
  ["what protocol has for Node in the emulator", "emulator", "@fc-async/protocol/node"],
  ["the inventory in the exposition", "exposition", "@fc-async/inventory"],
  ["the inventory in the daemon", "daemon", "@fc-async/inventory"],
  ["anything of ours in the simulated Slack", "slack-sim", "@fc-async/protocol"],
  ["an app in core", "core", "fc-async-emulator"],
  ["the client in the inventory, but for its source of FC 2.0,", "inventory", "@fc-async/core"],
])("%s is refused", async (_what, name, imported) => {
  const { code, output } = await withPlanted(`packages/${name}/src`, `export { planted } from "${imported}";\n`, lint);
  expect(code).toBe(1);
  expect(output).toContain(`'${imported}' import is restricted`);
});

/** The compiler's one complaint about the planted file. */
function unknownName(room: string, named: string): unknown {
  const complaint = new RegExp(
    `^${room}/src/planted\\.ts\\(1,\\d+\\): error TS2591: Cannot find name ${named}\\.[^\\n]*\\n$`,
  );
  return { code: 2, output: expect.stringMatching(complaint) };
}
