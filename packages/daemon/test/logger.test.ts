import { createLogger, type LogFields, type LogFormat, type LogLevel } from "@fc-async/daemon";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const NOW_MS = Date.UTC(2026, 10, 23, 14);

function logged(
  run: (logger: ReturnType<typeof createLogger>) => void,
  { level = "info", format = "logfmt" }: { level?: LogLevel; format?: LogFormat } = {},
): readonly string[] {
  const lines: string[] = [];
  run(createLogger({ level, format, write: (line) => lines.push(line), now: () => NOW_MS }));
  return lines;
}

const line = (fields: LogFields, format: LogFormat = "logfmt") =>
  logged((logger) => logger.info("m", fields), { format })[0];

test("a logfmt line has time, level, message and fields in this order", () => {
  expect(
    logged((logger) => {
      logger.info("poll failed", { target: "fc2/1234567890123456/cn-hangzhou", reason: "auth", pages: 3, done: false });
    }),
  ).toEqual([
    'time=2026-11-23T14:00:00.000Z level=INFO msg="poll failed" target=fc2/1234567890123456/cn-hangzhou reason=auth pages=3 done=false\n',
  ]);
});

test("a JSON line says the same", () => {
  const [text = ""] = logged((logger) => logger.warn("poll failed", { reason: "auth", pages: 3 }), { format: "json" });
  expect(text.endsWith("}\n")).toBe(true);
  expect(JSON.parse(text)).toEqual({
    time: "2026-11-23T14:00:00.000Z",
    level: "WARN",
    msg: "poll failed",
    reason: "auth",
    pages: 3,
  });
});

test.each([
  ["debug", ["DEBUG", "INFO", "WARN", "ERROR"]],
  ["info", ["INFO", "WARN", "ERROR"]],
  ["warn", ["WARN", "ERROR"]],
  ["error", ["ERROR"]],
] as const)("the level %s writes %j", (level, expected) => {
  const lines = logged(
    (logger) => {
      for (const name of ["debug", "info", "warn", "error"] as const) logger[name]("m");
    },
    { level },
  );
  expect(lines.map((text) => /level=(?<level>\w+)/u.exec(text)?.groups?.["level"])).toEqual(expected);
});

describe("a child", () => {
  test("adds its fields, and children of it theirs; a line's own field wins", () => {
    const lines = logged((logger) => {
      const child = logger.child({ app: "bot", target: "a" }).child({ part: "poll" });
      child.info("one", { target: "b" });
      logger.info("two");
    });
    expect(lines[0]).toContain("msg=one app=bot target=b part=poll\n");
    expect(lines[1]).toBe("time=2026-11-23T14:00:00.000Z level=INFO msg=two\n");
  });

  test("writes a name once in JSON too", () => {
    const [text = ""] = logged((logger) => logger.child({ a: 1 }).info("m", { a: 2 }), { format: "json" });
    expect(text.match(/"a":/gu)).toHaveLength(1);
  });
});

describe("values", () => {
  test.each([
    ["", 'v=""'],
    ["a b", 'v="a b"'],
    ["a=b", 'v="a=b"'],
    ['say "x"', 'v="say \\"x\\""'],
    ["C:\\dir", 'v="C:\\\\dir"'],
    ["订单", "v=订单"],
    ["one\ntime=2026 level=ERROR", 'v="one\\ntime=2026 level=ERROR"'],
    ["\u001b[31m", 'v="\\u001b[31m"'],
    ["a\u202eb", 'v="a\\u202eb"'],
    ["\u2028", 'v="\\u2028"'],
    ["\u0085", 'v="\\u0085"'],
    ["\ud800", 'v="\\ud800"'],
    ["\u{e0041}", 'v="\\udb40\\udc41"'],
    [12, "v=12"],
    [Number.NaN, "v=NaN"],
    [10n, "v=10"],
    [null, "v=null"],
    [new Date(0), "v=1970-01-01T00:00:00.000Z"],
    [{ a: [1, "b"] }, 'v="{\\"a\\":[1,\\"b\\"]}"'],
    [new Map([["k", 1]]), 'v="[[\\"k\\",1]]"'],
    [() => 1, "v=[function]"],
  ])("value %#", (value, written) => {
    expect(line({ v: value })?.trimEnd().endsWith(`msg=m ${written}`)).toBe(true);
  });

  test("undefined fields are left out", () => {
    expect(line({ a: undefined })).not.toContain("a=");
  });

  test("names that would break a line or hide one of ours are changed", () => {
    expect(line({ "a b=c\n": 1, level: "x", time: "y", "": 2 })).toContain("msg=m a_b_c_=1 level_=x time_=y _=2\n");
  });

  test("cycles, getters that throw and endless objects do not stop a line", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    const hostile = {
      get boom(): never {
        throw new Error("boom");
      },
    };
    const endless = Array.from({ length: 10_000 }, (_, index) => index);
    expect(line({ cycle, hostile, endless })).toMatch(/cycle=.*hostile=\[unprintable\] endless=/u);
    expect(line({ endless })?.length).toBeLessThan(400);
  });

  test("a field named __proto__ is data", () => {
    expect(line(Object.fromEntries([["__proto__", "x"]]))).toContain("__proto__=x");
  });
});

describe("errors", () => {
  const error = new Error("walk failed", { cause: new Error("no answer", { cause: new Error("ECONNREFUSED") }) });

  test("show their message and that of each cause, never a stack", () => {
    expect(line({ err: error })).toContain('err="walk failed: no answer: ECONNREFUSED"\n');
  });

  test("do not repeat a cause that the message has", () => {
    expect(line({ err: new Error("failed: disk full", { cause: new Error("disk full") }) })).toContain(
      'err="failed: disk full"\n',
    );
  });

  test("show their name when they have no message, and the first of several", () => {
    expect(line({ err: new TypeError("") })).toContain("err=TypeError\n");
    expect(line({ err: new AggregateError([new Error("first"), new Error("second")], "all failed") })).toContain(
      'err="all failed: first"\n',
    );
  });

  test("end in spite of a cause that holds itself", () => {
    const knot = new Error("knot");
    knot.cause = knot;
    expect(line({ err: knot })).toContain("err=knot\n");
  });

  test("carry their stack on one line at the level debug", () => {
    const lines = logged((logger) => logger.error("m", { err: error }), { level: "debug" });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('err_stack="Error: walk failed\\n');
  });
});

test("percent signs of a message are text", () => {
  expect(logged((logger) => logger.info("100%s %d %o", { a: 1 }))[0]).toContain('msg="100%s %d %o" a=1');
});

test.each(["logfmt", "json"] as const)(
  "whatever is logged as %s, it is one line without control characters",
  (format) => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.dictionary(fc.string({ unit: "binary" }), fc.anything()),
        (msg, fields) => {
          const lines = logged((logger) => logger.info(msg, fields), { format });
          expect(lines).toHaveLength(1);
          expect(lines[0]).toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+\n$/u);
          if (format === "json") expect(() => void JSON.parse(lines[0] ?? "")).not.toThrow();
        },
      ),
    );
  },
);
