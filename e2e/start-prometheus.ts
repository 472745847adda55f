import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { startProcess, type RunningProcess } from "./start-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** One series of an instant query: its labels and its value. */
export interface QueriedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface RunningPrometheus extends RunningProcess {
  /** What the query API answers for this moment. */
  query(expression: string): Promise<readonly QueriedSeries[]>;
  /** The value of a query that has one series; `undefined` when it has none. */
  scalar(expression: string): Promise<number | undefined>;
}

const QueryAnswer = z.object({
  status: z.literal("success"),
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/**
 * Starts the real Prometheus, which scrapes one target each second; it keeps its data in a folder that goes with the test. `access` is
 * what else its scrape configuration needs, such as `scheme` and `tls_config`.
 */
export async function startPrometheus(target: string, access: object = {}): Promise<RunningPrometheus> {
  const folder = await temporaryFolder();
  const file = join(folder, "prometheus.yml");
  await writeFile(
    file,
    JSON.stringify({
      global: { scrape_interval: "1s" },
      scrape_configs: [{ job_name: "fc-async", static_configs: [{ targets: [target] }], ...access }],
    }),
  );
  const port = await freePort();
  const running = await startProcess({
    program: "prometheus",
    command: [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    ready: /Server is ready to receive web requests/,
  });
  const query: RunningPrometheus["query"] = async (expression) => {
    const url = `http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const { data } = QueryAnswer.parse(await (await fetch(url)).json());
    return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  };
  return {
    ...running,
    query,
    async scalar(expression) {
      const series = await query(expression);
      if (series.length > 1) throw new Error(`${expression} has ${series.length} series`);
      return series[0]?.value;
    },
  };
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
