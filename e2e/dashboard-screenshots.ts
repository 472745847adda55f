/**
 * Makes the pictures of the dashboards: `pnpm --filter @fc-async/e2e dashboard-screenshots`, six minutes. They are drawn from the
 * dashboards' checked-in JSON and the answers of a real Prometheus that scraped the demo, not by Grafana. In the first half of the
 * time shown one region cannot be read for a while.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createEmulator, demoAccounts } from "@fc-async/emulator";
import { startEmulatorServer } from "fc-async-emulator";
import { DASHBOARD_UIDS, filledIn, readDashboard, type DashboardFile } from "./dashboard-file.ts";
import { drawDashboard, PAGE_WIDTH_PX } from "./dashboard-drawing/draw-dashboard.ts";
import { COLORS } from "./dashboard-drawing/markup.ts";
import { seriesName, type Mark, type PanelData } from "./dashboard-drawing/panel-data.ts";
import { demoConfiguration } from "./demo-configuration.ts";
import { launchChromium } from "./launch-chromium.ts";
import { runPrometheus, type QueriedRange, type RunningPrometheus } from "./run-prometheus.ts";
import { startProcess } from "./start-process.ts";

const SHOWN_SECONDS = 300;
const STEP_SECONDS = 2;
const RATE_INTERVAL = "20s";
const SECOND_MS = 1000;
const PICTURES = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));
const EXPORTER = fileURLToPath(new URL("../apps/exporter/src/main.ts", import.meta.url));
const RATE_WARM_UP_SECONDS = 20;

const folder = await mkdtemp(join(tmpdir(), "fc-async-dashboards-"));
const emulator = createEmulator({ accounts: demoAccounts(), churn: { perMinute: 1 } });
const server = await startEmulatorServer({ emulator, hostname: "127.0.0.1", port: 0 });
const configuration = join(folder, "fc-async.yaml");
const demo = await demoConfiguration(new URL(server.endpointTemplate.replaceAll(/\{\w+\}/gu, "x")).href, "5s");
await writeFile(configuration, demo);
const exporter = await startProcess({
  command: [EXPORTER, `--config.file=${configuration}`, "--web.listen-address=127.0.0.1:0"],
  ready: /msg=listening address=(\S+)/,
});
const prometheus = await runPrometheus({ target: exporter.readyMatch[1] ?? "", folder });
const browser = await launchChromium();
try {
  await wait((SHOWN_SECONDS + RATE_WARM_UP_SECONDS) * SECOND_MS * 0.3);
  emulator.faults.arm([
    { match: { region: "ap-southeast-1" }, times: 16, action: { type: "status", status: 503 } },
    { match: { account: "1000000000000001", region: "cn-shanghai" }, times: 12, action: { type: "delay", ms: 700 } },
  ]);
  await wait((SHOWN_SECONDS + RATE_WARM_UP_SECONDS) * SECOND_MS * 0.7);
  const end = Math.floor(Date.now() / SECOND_MS);
  const range = { start: end - SHOWN_SECONDS, end, step: STEP_SECONDS };
  await mkdir(PICTURES, { recursive: true });
  for (const uid of DASHBOARD_UIDS) {
    const dashboard = await readDashboard(uid);
    const page = await browser.newPage({ viewport: { width: PAGE_WIDTH_PX, height: 400 } });
    await page.setContent(drawDashboard(dashboard, await dataOf(prometheus, dashboard, range)));
    await page.screenshot({ path: `${PICTURES}dashboard-${uid.replace("fc-async-", "")}.png`, fullPage: true });
    await page.close();
  }
} finally {
  await browser.close();
  await Promise.all([prometheus.stop(), exporter.stop()]);
  await server.close();
  await rm(folder, { recursive: true, force: true });
}

async function dataOf(
  from: RunningPrometheus,
  dashboard: DashboardFile,
  range: QueriedRange,
): Promise<readonly PanelData[]> {
  const marks = await marksOf(from, dashboard, range);
  return Promise.all(
    dashboard.panels.map(async (panel): Promise<PanelData> => {
      const instants = panel.targets
        .filter(({ instant }) => instant === true)
        .map(({ expr }) => from.query(filledIn(dashboard, expr, RATE_INTERVAL)));
      const lines = panel.targets
        .filter(({ instant }) => instant !== true)
        .map(async ({ expr, legendFormat }) =>
          (await from.queryRange(filledIn(dashboard, expr, RATE_INTERVAL), range)).map(({ labels, points }) => ({
            name: seriesName(legendFormat, labels),
            points,
          })),
        );
      return {
        panel,
        range,
        marks,
        instants: await Promise.all(instants),
        lines: (await Promise.all(lines)).flat().toSorted((left, right) => left.name.localeCompare(right.name)),
      };
    }),
  );
}

/** The moments at which an annotation's query begins to have a value. */
async function marksOf(
  from: RunningPrometheus,
  dashboard: DashboardFile,
  range: QueriedRange,
): Promise<readonly Mark[]> {
  const found = (dashboard.annotations.list ?? []).map(async ({ iconColor, target }) => {
    const lines = await from.queryRange(filledIn(dashboard, target?.expr ?? "vector(0) > 0", RATE_INTERVAL), range);
    return lines.flatMap(({ points }) =>
      points
        .filter(([at], index) => at - (points[index - 1]?.[0] ?? 0) > range.step)
        .map(([atSeconds]) => ({ atSeconds, color: COLORS[iconColor] ?? iconColor })),
    );
  });
  return (await Promise.all(found)).flat();
}
