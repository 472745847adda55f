import { defaultFlag, parseDuration, parseText, readCommand, switchFlag, valueFlag } from "@fc-async/daemon";
import { describe, expect, test } from "vitest";

const program = {
  name: "fc-async-test",
  description: "A program.",
  version: "1.2.3 (abc)",
  defaultCommand: "serve",
  commands: {
    serve: { description: "Serves.", flags: { quiet: switchFlag("Says less.") } },
    show: {
      description: "Shows one thing.",
      flags: { file: valueFlag({ placeholder: "path", help: "What to show.", parse: parseText }) },
    },
  },
} as const;

const read = (...words: readonly string[]) => readCommand(program, words);

test("the first word is the command, and the flags are its own", () => {
  expect(read("show", "--file=a")).toEqual({ kind: "run", command: "show", values: { file: "a" } });
  expect(read("show", "--quiet")).toMatchObject({
    kind: "refused",
    command: "show",
    problems: ["unknown flag --quiet; see --help"],
  });
});

test("without a command it is the default one", () => {
  expect(read()).toEqual({ kind: "run", command: "serve", values: { quiet: false } });
  expect(read("--quiet")).toEqual({ kind: "run", command: "serve", values: { quiet: true } });
});

test("what is wrong behind a command comes all at once, and what is right is handed out", () => {
  expect(read("serve", "stray", "--quite", "--quiet")).toEqual({
    kind: "refused",
    command: "serve",
    problems: ["unknown flag --quite; did you mean --quiet?", 'unexpected argument "stray"; flags start with --'],
    values: { quiet: true },
  });
});

test.each([
  ["sreve", 'unknown command "sreve"; did you mean serve?'],
  ["whatever", 'unknown command "whatever"; the commands are serve, show'],
  ["__proto__", 'unknown command "__proto__"; the commands are serve, show'],
])("%s is no command, and told what was meant", (word, problem) => {
  expect(read(word, "--nope")).toEqual({ kind: "refused", command: undefined, problems: [problem] });
});

test("--help lists the commands, and behind a command its flags", async () => {
  for (const [words, file] of [
    [["--help"], "help-of-commands"],
    [["--quiet", "-h"], "help-of-commands"],
    [["show", "--help"], "help-of-a-command"],
  ] as const) {
    const help = read(...words);
    await expect(help.kind === "print" ? help.text : "").toMatchFileSnapshot(`golden/${file}.golden.txt`);
  }
});

test.each([[["--version"]], [["show", "--version"]], [["nope", "--version"]]])("%j prints the version", (words) => {
  expect(read(...words)).toEqual({ kind: "print", text: "1.2.3 (abc)\n" });
});

describe("a duration on the command line", () => {
  const DAY_MS = 86_400_000;
  const flags = {
    skew: defaultFlag({
      placeholder: "duration",
      help: "Ahead or behind.",
      defaultText: "0s",
      parse: parseDuration({ minMs: -DAY_MS, maxMs: DAY_MS }),
    }),
    age: valueFlag({
      placeholder: "duration",
      help: "How old.",
      parse: parseDuration({ minMs: 1, maxMs: DAY_MS }),
    }),
  };
  const readDurations = (...words: readonly string[]) =>
    readCommand({ ...program, commands: { serve: { description: "Serves.", flags } } }, words);

  test("is milliseconds, with a sign where time may go back", () => {
    expect(readDurations("--skew=-20m", "--age=1.5s")).toMatchObject({ values: { skew: -1_200_000, age: 1500 } });
    expect(readDurations()).toMatchObject({ values: { skew: 0, age: undefined } });
  });

  test.each(["--age=-1s", "--age=0s", "--age=2d", "--age=5"])("%s is refused with the bounds", (word) => {
    expect(readDurations(word)).toMatchObject({
      problems: [
        `--age: expected a duration from 1ms to 1d with its unit (ms, s, m, h, d), got "${word.slice("--age=".length)}"`,
      ],
    });
  });

  test("is not further from now than it may be", () => {
    expect(readDurations("--skew=-25h")).toMatchObject({
      problems: ['--skew: expected a duration from -1d to 1d with its unit (ms, s, m, h, d), got "-25h"'],
    });
  });
});
