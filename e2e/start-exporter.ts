import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startProcess, type RunningProcess } from "./start-process.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const main = fileURLToPath(new URL("../apps/exporter/src/main.ts", import.meta.url));

export interface RunningExporter extends RunningProcess {
  /** `http://127.0.0.1:10406` */
  readonly url: string;
  /** Its configuration file. */
  readonly file: string;
}

/** How the program is started beside its configuration. */
export interface ExporterStart {
  readonly flags?: readonly string[];
  /** Added to the environment of the tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts fc-async-exporter with this configuration on a free port. */
export async function startExporter(
  configuration: string,
  { flags = [], environment = {} }: ExporterStart = {},
): Promise<RunningExporter> {
  const file = join(await temporaryFolder(), "fc-async.yaml");
  await writeFile(file, configuration);
  const running = await startProcess({
    command: [main, `--config.file=${file}`, "--web.listen-address=127.0.0.1:0", ...flags],
    ready: /msg=listening address=(\S+)/,
    environment,
  });
  return { ...running, url: `http://${running.readyMatch[1]}`, file };
}
