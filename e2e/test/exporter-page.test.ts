import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "playwright-core";
import { axeViolations } from "../axe-violations.ts";
import { VIEWPORTS } from "../explorer-page.ts";
import { troubledDemo } from "../exporter-page.ts";
import { startExporterScene } from "../exporter-scene.ts";
import { launchChromium } from "../launch-chromium.ts";

const PATIENCE = { timeout: 15_000, interval: 100 };

describe("the exporter's page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  test.each([
    ["desktop", "light"],
    ["desktop", "dark"],
    ["phone", "light"],
  ] as const)(
    "on a %s in %s colours: axe finds nothing, nothing scrolls sideways, the worst stands first",
    async (device, colorScheme) => {
      const { emulator, accounts, deny } = troubledDemo();
      const { exporter } = await startExporterScene(emulator, accounts, {
        poll: { interval: "1s", max_staleness: "10m" },
      });
      await expect.poll(async () => (await fetch(`${exporter.url}/-/ready`)).status, PATIENCE).toBe(200);
      deny();
      const context = await browser.newContext({ viewport: VIEWPORTS[device], colorScheme });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      await expect
        .poll(async () => {
          await page.goto(exporter.url);
          return page.title();
        }, PATIENCE)
        .toBe("(2) fc-async-exporter");
      expect(await axeViolations(page)).toEqual([]);
      const width = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(width[0]).toBeLessThanOrEqual(width[1] ?? 0);
      const badges = await page.locator("tbody .badge").allTextContents();
      expect(badges.slice(0, 3)).toEqual(["failed", "stale", "fresh"]);
      // The whole reason can be read without scrolling, on a phone as well.
      const reason = page.locator("tr.why p").first();
      const box = await reason.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(VIEWPORTS[device].width);
      // By the keyboard: the links, then the table, which scrolls.
      const names: string[] = [];
      for (let presses = 0; presses < 7; presses += 1) {
        await page.keyboard.press("Tab");
        names.push(await page.evaluate(() => document.activeElement?.textContent?.trim().slice(0, 30) ?? ""));
      }
      expect(names.slice(0, 5)).toEqual([
        "Metrics",
        "Configuration",
        "Readiness",
        "Health",
        "Refresh every 10 seconds",
      ]);
      expect(names[6]).toBe("1000000000000009/cn-hangzhou");
      expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
      await context.close();
    },
    40_000,
  );
});
