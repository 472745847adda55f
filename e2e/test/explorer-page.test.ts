import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { axeViolations } from "../axe-violations.ts";
import { clipboardText, field, send, show, shownRows, VIEWPORTS, VIEWS } from "../explorer-page.ts";
import { explorerScene } from "../explorer-scene.ts";

const MAX_PAGE_BYTES = 150_000;

const scene = explorerScene();

describe("the keyboard alone", () => {
  /** Presses Tab until something with this name has the focus. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let presses = 0; presses < 90; presses++) {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
        return element?.getAttribute("aria-label") ?? label ?? element?.textContent ?? "";
      });
      if (focused === name) return;
    }
    throw new Error(`90 presses of Tab did not lead to ${name}`);
  }

  test("fills, sends, walks the tabs and copies", async () => {
    const page = await scene.open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the result");
    await tabTo(page, "Limit");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("5");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => shownRows(page)).toHaveLength(5);
    await tabTo(page, "Result");
    for (const view of ["Sign", "Samples"]) {
      await page.keyboard.press("ArrowRight");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(view);
    }
    await page.keyboard.press("End");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Permissions");
    await tabTo(page, "Copy the policy");
    await page.keyboard.press("Enter");
    await page.getByTestId("announcer").getByText("Copied the policy.").waitFor();
    expect(await clipboardText(page)).toContain('"Version": "1"');
  });

  test("skips the form", async () => {
    const page = await scene.open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main")?.id)).toBe("work");
  });

  test("sees where it is", async () => {
    const page = await scene.open();
    await tabTo(page, "All pages");
    expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe(
      "solid",
    );
  });
});

describe.each(["light", "dark"] as const)("in %s colours", (colorScheme) => {
  test.each(["desktop", "phone"] as const)(
    "on a %s, axe finds nothing and nothing scrolls sideways",
    async (device) => {
      const page = await scene.open({ viewport: VIEWPORTS[device], colorScheme });
      const check = async (what: string): Promise<void> => {
        expect({ what, violations: await axeViolations(page) }).toEqual({ what, violations: [] });
        const { innerWidth, scrollWidth } = await page.evaluate(() => ({
          innerWidth: window.innerWidth,
          scrollWidth: document.documentElement.scrollWidth,
        }));
        expect({ what, isTooWide: scrollWidth > innerWidth }).toEqual({ what, isTooWide: false });
      };
      await check("before the first call");
      await field(page, "Limit").fill("0");
      await page.getByRole("button", { name: "Send" }).click();
      await check("a wrong field");
      await field(page, "Limit").fill("20");
      await send(page);
      for (const view of VIEWS) {
        await show(page, view);
        await check(view);
      }
      await show(page, "Sign");
      await page.getByRole("tab", { name: "Check mine" }).click();
      await page.getByLabel("Your request", { exact: true }).fill("GET / HTTP/1.1");
      await page.getByRole("button", { name: "Find the first difference" }).click();
      await page.getByRole("region", { name: "What was found" }).waitFor();
      await check("Check mine");
      await field(page, "AccessKey secret").fill("wrong");
      await show(page, "Result");
      await send(page);
      for (const form of ["JSON", "Headers"]) {
        await page.getByRole("tab", { name: form, exact: true }).click();
        await check(`a refusal as ${form}`);
      }
      await page.getByRole("radio", { name: "Alibaba Cloud" }).check();
      await check("the real service");
    },
  );
});

test("the colours can be chosen, and stay chosen", async () => {
  const page = await scene.open({ colorScheme: "light" });
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await ground()).toBe(dark);
  await page.getByRole("radio", { name: "As the system" }).check();
  expect(await ground()).toBe(light);
});

test("keys never leave the tab", async () => {
  const page = await scene.open();
  const sent: string[] = [];
  page.on("request", (request) =>
    sent.push(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData()}`),
  );
  await field(page, "AccessKey secret").fill("the-canary-secret");
  await send(page);
  await page.getByRole("button", { name: "All pages" }).click();
  await page.locator(".history-list > li").nth(1).waitFor();
  for (const view of VIEWS) await show(page, view);
  expect(sent.some((request) => request.includes("/relay"))).toBe(true);
  expect(sent.join("\n")).not.toContain("canary");
  const kept = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href]),
  );
  expect(kept).not.toContain("canary");
});

test("without JavaScript the page says what it needs, and offers the samples", async () => {
  // Blank: the explorer's own lets no text become markup.
  const page = await (await scene.browser()).newPage();
  onTestFinished(() => page.close());
  const html = await (await fetch(scene.explorer.url)).text();
  // DOMParser reads as a browser does whose scripts are off. The debugger's switch comes too late: the parser left `noscript` out.
  const { text, link } = await page.evaluate((markup) => {
    const noScript = new DOMParser().parseFromString(markup, "text/html").querySelector("noscript");
    return { text: noScript?.textContent, link: noScript?.querySelector("a")?.getAttribute("href") };
  }, html);
  expect(text).toMatch(/That takes\s+JavaScript,\s+which\s+is\s+switched\s+off/);
  expect((await fetch(new URL(link ?? "", scene.explorer.url))).status).toBe(200);
});

test("the whole page is small, and comes from its own server alone", async () => {
  const page = await scene.open();
  const loaded = await page.evaluate(() =>
    [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].map((entry) => ({
      name: entry.name,
      bytes: entry instanceof PerformanceResourceTiming ? entry.transferSize : Number.NaN,
    })),
  );
  expect(loaded.every(({ name }) => new URL(name).origin === scene.explorer.url)).toBe(true);
  expect(loaded.length).toBeGreaterThan(3);
  expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MAX_PAGE_BYTES);
});
