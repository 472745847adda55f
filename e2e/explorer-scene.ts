import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { beforeAll, beforeEach, expect, onTestFinished, vi } from "vitest";
import { openExplorer } from "./explorer-page.ts";
import { launchChromium } from "./launch-chromium.ts";
import { requireProgram } from "./required-program.ts";
import { startEmulator, type RunningEmulator } from "./start-emulator.ts";
import { startExplorer, type RunningExplorer } from "./start-explorer.ts";

interface Opening extends BrowserContextOptions {
  /** Default: the explorer in front of the demo. */
  readonly url?: string;
  /** Complaints that belong to the test. */
  readonly expected?: RegExp;
}

/** The explorer in front of the demo, and a Chromium to look at it. */
export interface ExplorerScene {
  readonly emulator: RunningEmulator;
  readonly explorer: RunningExplorer;
  browser(): Promise<Browser>;
  /** Opens the page. When the test ends, the browser must not have complained of anything. */
  open(opening?: Opening): Promise<Page>;
}

/** A scene for all tests of a file, each of which is skipped without Chromium. */
export function explorerScene(): ExplorerScene {
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  let emulator: RunningEmulator | undefined;
  let explorer: RunningExplorer | undefined;
  let launched: Promise<Browser> | undefined;
  const browser = (): Promise<Browser> => (launched ??= launchChromium());

  beforeEach((context) => requireProgram("chromium", context));
  beforeAll(async () => {
    emulator = await startEmulator();
    explorer = await startExplorer(emulator.url);
    return async () => {
      await (await launched)?.close();
      await Promise.all([emulator?.stop(), explorer?.stop()]);
    };
  });

  return {
    get emulator() {
      return started(emulator);
    },
    get explorer() {
      return started(explorer);
    },
    browser,
    async open({ url = started(explorer).url, expected = /(?!)/, ...options } = {}) {
      const opened = await openExplorer(await browser(), url, options);
      onTestFinished(async () => {
        await opened.close();
        expect(opened.complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
      });
      return opened.page;
    },
  };
}

function started<T>(service: T | undefined): T {
  return service ?? expect.fail("the scene has not begun");
}

/** An explorer with an emulator of its own behind it, until the test ends. */
export async function explorerBefore(emulatorUrl: string): Promise<RunningExplorer> {
  const explorer = await startExplorer(emulatorUrl);
  onTestFinished(async () => {
    await explorer.stop();
  });
  return explorer;
}

export async function expectShown(locator: Locator): Promise<void> {
  await expect.poll(() => locator.isVisible()).toBe(true);
}
