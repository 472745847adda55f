/**
 * Makes the picture of the exporter's page: `pnpm --filter @fc-async/e2e exporter-screenshots`. It differs with the fonts of the
 * machine, so no test compares it.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startEmulatorServer } from "fc-async-emulator";
import { troubledDemo } from "./exporter-page.ts";
import { configurationOf } from "./exporter-scene.ts";
import { launchChromium } from "./launch-chromium.ts";
import { startProcess } from "./start-process.ts";

const PICTURE = fileURLToPath(new URL("../docs/screenshots/exporter-targets.png", import.meta.url));
const EXPORTER = fileURLToPath(new URL("../apps/exporter/src/main.ts", import.meta.url));
const ALIASES = ["prod", "staging", "sandbox", "legacy"];
const INTERVAL_MS = 15_000;

const folder = await mkdtemp(join(tmpdir(), "fc-async-exporter-page-"));
const { emulator, accounts, deny } = troubledDemo();
const server = await startEmulatorServer({ emulator, hostname: "127.0.0.1", port: 0 });
const file = join(folder, "fc-async.yaml");
const configuration = JSON.parse(configurationOf(accounts, server.endpointTemplate, { poll: { interval: "15s" } }));
for (const [index, account] of configuration.accounts.entries()) account.alias = ALIASES[index];
await writeFile(file, JSON.stringify(configuration));
const exporter = await startProcess({
  command: [EXPORTER, `--config.file=${file}`, "--web.listen-address=127.0.0.1:0"],
  ready: /msg=listening address=(\S+)/,
});
const browser = await launchChromium();
try {
  await wait(5000);
  deny();
  await wait(1.3 * INTERVAL_MS);
  const page = await browser.newPage({ viewport: { width: 1120, height: 400 } });
  await page.goto(`http://${exporter.readyMatch[1] ?? ""}`);
  await page.screenshot({ path: PICTURE, fullPage: true });
} finally {
  await browser.close();
  await exporter.stop();
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
