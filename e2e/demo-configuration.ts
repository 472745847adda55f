import { readFile } from "node:fs/promises";

const DEMO = new URL("../deploy/local/fc-async.yaml", import.meta.url);

/** The configuration that `pnpm start` uses, for an emulator on another port, read as often as is said here. */
export async function demoConfiguration(emulatorUrl: string, interval: string): Promise<string> {
  const { port } = new URL(emulatorUrl);
  const text = await readFile(DEMO, "utf8");
  return text.replaceAll(":10407", `:${port}`).replace(/interval: \w+/u, `interval: ${interval}`);
}
