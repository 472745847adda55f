/**
 * Makes the screenshots of the README: `pnpm --filter @fc-async/e2e screenshots`. They differ with the fonts of the machine, so no
 * test compares them.
 */
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { setup as buildExplorerPage } from "./build-explorer-page.ts";
import { copied, field, openExplorer, send, show, VIEWPORTS } from "./explorer-page.ts";
import { launchChromium } from "./launch-chromium.ts";
import { startEmulator } from "./start-emulator.ts";
import { startExplorer } from "./start-explorer.ts";

interface Shot {
  readonly name: string;
  readonly device: keyof typeof VIEWPORTS;
  readonly colorScheme: "light" | "dark";
  readonly prepare: (page: Page) => Promise<void>;
}

const SHOTS: readonly Shot[] = [
  { name: "try", device: "desktop", colorScheme: "light", prepare: send },
  {
    name: "sign",
    device: "desktop",
    colorScheme: "light",
    prepare: async (page) => {
      await send(page);
      await show(page, "Sign");
      await field(page, "Limit").hover();
    },
  },
  {
    name: "samples",
    device: "desktop",
    colorScheme: "light",
    prepare: async (page) => {
      await show(page, "Samples");
      await page.getByRole("tab", { name: "TypeScript (@fc-async/core)" }).click();
      await copied(page, "Copy the sample for TypeScript (@fc-async/core)");
    },
  },
  {
    name: "dark",
    device: "desktop",
    colorScheme: "dark",
    prepare: async (page) => {
      await send(page);
      await field(page, "AccessKey secret").fill("another-secret");
      await send(page);
    },
  },
  { name: "phone", device: "phone", colorScheme: "light", prepare: send },
];

/** Wide enough for two columns, small enough for 150 kB. */
const WINDOWS = { ...VIEWPORTS, desktop: { width: 1120, height: 620 } };
const FOLDER = fileURLToPath(new URL("../docs/screenshots/", import.meta.url));

await mkdir(FOLDER, { recursive: true });
await buildExplorerPage();
const emulator = await startEmulator();
const explorer = await startExplorer(emulator.url);
const browser = await launchChromium();
try {
  for (const shot of SHOTS) await take(shot, browser, explorer.url);
} finally {
  await browser.close();
  await Promise.all([emulator.stop(), explorer.stop()]);
}

async function take({ name, device, colorScheme, prepare }: Shot, chromium: Browser, url: string): Promise<void> {
  const opened = await openExplorer(chromium, url, { viewport: WINDOWS[device], colorScheme });
  await prepare(opened.page);
  await opened.page.screenshot({ path: `${FOLDER}explorer-${name}.png`, animations: "disabled" });
  await opened.close();
}
