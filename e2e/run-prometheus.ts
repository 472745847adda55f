import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { startProcess, type RunningProcess } from "./start-process.ts";

/** One series of an instant query: its labels and its value. */
export interface QueriedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One series of a range query. */
export interface QueriedLine {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since the epoch, and the value there. */
  readonly points: readonly (readonly [number, number])[];
}

/** The times of a range query, in seconds since the epoch. */
export interface QueriedRange {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export interface RunningPrometheus extends RunningProcess {
  /** `http://127.0.0.1:9090` */
  readonly url: string;
  /** What the query API answers for this moment. */
  query(expression: string): Promise<readonly QueriedSeries[]>;
  /** What it answers for a time range. */
  queryRange(expression: string, range: QueriedRange): Promise<readonly QueriedLine[]>;
  /** Every sample of a selector in the last seconds, at the times of the scrapes. */
  scraped(selector: string, lastSeconds: number): Promise<readonly QueriedLine[]>;
  /** The value of a query that has one series; `undefined` when it has none. */
  scalar(expression: string): Promise<number | undefined>;
}

export interface PrometheusToRun {
  /** Host and port of what it scrapes each second, as job `fc-async`. */
  readonly target: string;
  /** Where its configuration and its data go. */
  readonly folder: string;
  readonly ruleFiles?: readonly string[];
  /** Further keys of its scrape configuration, such as `scheme` and `tls_config`. */
  readonly scrape?: object;
  /** A whole configuration in place of the one made of the above. */
  readonly configuration?: string;
}

const Labels = z.record(z.string(), z.string());
const Sample = z.tuple([z.number(), z.string()]);
const answerOf = <Result extends z.ZodType>(result: Result) =>
  z.object({ status: z.literal("success"), data: z.object({ result: z.array(result) }) });
const QueryAnswer = answerOf(z.object({ metric: Labels, value: Sample }));
const RangeAnswer = answerOf(z.object({ metric: Labels, values: z.array(Sample) }));

/** Starts the real Prometheus, which scrapes one target and evaluates its rules each second. */
export async function runPrometheus(options: PrometheusToRun): Promise<RunningPrometheus> {
  const { target, folder, ruleFiles = [], scrape = {} } = options;
  const file = join(folder, "prometheus.yml");
  const made = JSON.stringify({
    global: { scrape_interval: "1s", evaluation_interval: "1s" },
    rule_files: ruleFiles,
    scrape_configs: [{ job_name: "fc-async", static_configs: [{ targets: [target] }], ...scrape }],
  });
  await writeFile(file, options.configuration ?? made);
  const url = `http://127.0.0.1:${await freePort()}`;
  const running = await startProcess({
    program: "prometheus",
    command: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${new URL(url).host}`,
    ],
    ready: /Server is ready to receive web requests/,
  });
  const ask = async (path: string, parameters: Readonly<Record<string, string>>): Promise<unknown> =>
    (await fetch(`${url}/api/v1/${path}`, { method: "POST", body: new URLSearchParams(parameters) })).json();
  const query: RunningPrometheus["query"] = async (expression) => {
    const { data } = QueryAnswer.parse(await ask("query", { query: expression }));
    return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  };
  return {
    ...running,
    url,
    query,
    async queryRange(expression, { start, end, step }) {
      const times = { start: String(start), end: String(end), step: String(step) };
      return linesOf(await ask("query_range", { query: expression, ...times }));
    },
    async scraped(selector, lastSeconds) {
      return linesOf(await ask("query", { query: `${selector}[${lastSeconds}s]` }));
    },
    async scalar(expression) {
      const series = await query(expression);
      if (series.length > 1) throw new Error(`${expression} has ${series.length} series`);
      return series[0]?.value;
    },
  };
}

function linesOf(answer: unknown): readonly QueriedLine[] {
  return RangeAnswer.parse(answer).data.result.map(({ metric, values }) => ({
    labels: metric,
    points: values.map(([atSeconds, value]) => [atSeconds, Number(value)] as const),
  }));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
