import {
  defaultFlag,
  listFlag,
  parseListenAddress,
  parseOneOf,
  parseText,
  readFlags,
  renderFlagsTable,
  switchFlag,
  valueFlag,
} from "@fc-async/daemon";
import { expect, test } from "vitest";

const flags = {
  "config.file": valueFlag({ placeholder: "path", help: "Configuration file.", parse: parseText }),
  "config.check": switchFlag("Check the configuration and exit."),
  "web.listen-address": listFlag({
    placeholder: "address",
    help: "Where to listen.",
    defaultText: ":10406",
    parse: parseListenAddress,
  }),
  "log.level": defaultFlag({
    placeholder: "level",
    help: "Lowest level.",
    defaultText: "info",
    parse: parseOneOf("debug", "info"),
  }),
};
const program = { name: "fc-async-test", description: "A program.", version: "1.2.3 (abc)", flags };

const read = (...words: readonly string[]) => readFlags(program, words);

test("without words every flag has its default", () => {
  expect(read()).toEqual({
    kind: "run",
    values: {
      "config.file": undefined,
      "config.check": false,
      "web.listen-address": [{ hostname: undefined, port: 10_406 }],
      "log.level": "info",
    },
  });
});

test("values follow after an equals sign or as the next word; the last of a single flag counts, lists collect", () => {
  expect(
    read(
      "--config.file=a",
      "--config.file",
      "b",
      "--config.check",
      "--web.listen-address=:1",
      "--web.listen-address",
      "[::1]:2",
    ),
  ).toMatchObject({
    kind: "run",
    values: {
      "config.file": "b",
      "config.check": true,
      "web.listen-address": [{ port: 1 }, { hostname: "::1", port: 2 }],
    },
  });
});

test("all problems come at once", () => {
  const reading = read("stray", "--nope=1", "--log.level=loud", "--web.listen-address=x", "--config.file=");
  expect(reading).toMatchObject({ kind: "refused" });
  expect(reading.kind === "refused" && reading.problems).toEqual([
    "unknown flag --nope; see --help",
    'unexpected argument "stray"; flags start with --',
    "--config.file: expected a value, got an empty text",
    '--web.listen-address: expected host:port, such as ":10406", "127.0.0.1:10406" or "[::1]:10406", got "x"',
    '--log.level: expected one of debug, info, got "loud"',
  ]);
});

test.each([
  ["--config-file=x", "unknown flag --config-file; did you mean --config.file?"],
  ["--web.listen-adress=:1", "unknown flag --web.listen-adress; did you mean --web.listen-address?"],
])("%s is told what was meant", (word, problem) => {
  expect(read(word)).toMatchObject({ kind: "refused", problems: [problem] });
});

test("a flag without its value is refused beside all other problems, and what is right is handed out", () => {
  expect(
    read("--log.level=debug", "--config.file", "--web.listen-address=a", "--web.listen-address=b", "--nope"),
  ).toEqual({
    kind: "refused",
    problems: [
      "unknown flag --nope; see --help",
      "--config.file: expected a value, <path>, got none",
      expect.stringMatching(/^--web\.listen-address: .*"a"; .*"b"$/u),
    ],
    values: { "config.check": false, "log.level": "debug" },
  });
});

test("a switch with a value is refused", () => {
  expect(read("--config.check=yes")).toMatchObject({ kind: "refused", problems: ["--config.check takes no value"] });
});

test("--version and --help print, whatever else stands there", async () => {
  expect(read("--nope", "--version")).toEqual({ kind: "print", text: "1.2.3 (abc)\n" });
  const help = read("--help", "--nope");
  await expect(help.kind === "print" ? help.text : "").toMatchFileSnapshot("golden/help.golden.txt");
});

test("the table for the documentation lists every flag", () => {
  expect(renderFlagsTable(flags)).toBe(`| Flag | Default | Meaning |
| --- | --- | --- |
| \`--config.file=<path>\` |  | Configuration file. |
| \`--config.check\` |  | Check the configuration and exit. |
| \`--web.listen-address=<address>\` | \`:10406\` | Where to listen. May be given several times. |
| \`--log.level=<level>\` | \`info\` | Lowest level. |
`);
});
