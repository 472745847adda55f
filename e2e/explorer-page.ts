import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

/** A wide window, and the width of a phone. */
export const VIEWPORTS = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
} as const;

/** The tabs of the page, as they are named on it. */
export const VIEWS = ["Result", "Sign", "Samples", "Errors", "Permissions"] as const;

/** A page of the explorer in a browser of its own. */
export interface ExplorerPage {
  readonly page: Page;
  /** Console errors, script errors and violations of the content security policy so far. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the explorer in a window without a past, and waits until the form is filled. */
export async function openExplorer(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<ExplorerPage> {
  const context = await browser.newContext({
    viewport: VIEWPORTS.desktop,
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  await page.waitForFunction(() => (document.querySelector<HTMLInputElement>("#field-accountId")?.value ?? "") !== "");
  return { page, complaints, close: () => context.close() };
}

/** A field of the form by its label. */
export function field(page: Page, label: string): Locator {
  return page.getByRole("form", { name: "Request", exact: true }).getByLabel(label, { exact: true });
}

/** Sends the form, and waits for how it ended. */
export async function send(page: Page): Promise<void> {
  const calls = page.locator(".history-list > li");
  const before = await calls.count();
  await page.getByRole("button", { name: "Send" }).click();
  await calls.nth(before).waitFor({ state: "attached" });
}

/** Chooses one of the page's tabs. */
export async function show(page: Page, view: (typeof VIEWS)[number]): Promise<void> {
  await page.getByRole("tablist", { name: "Views" }).getByRole("tab", { name: view, exact: true }).click();
}

/** What a copy button puts on the clipboard. */
export async function copied(page: Page, buttonName: string): Promise<string> {
  await page.getByRole("button", { name: buttonName, exact: true }).click();
  await page.getByTestId("announcer").getByText("Copied").waitFor();
  return clipboardText(page);
}

/** What is on the clipboard. Read by a page beside it: the explorer's own may write there, but not read. */
export async function clipboardText(page: Page): Promise<string> {
  const reader = await page.context().newPage();
  await reader.route("http://localhost/", (route) => route.fulfill({ contentType: "text/html", body: "" }));
  await reader.goto("http://localhost/");
  const text = await reader.evaluate(() => navigator.clipboard.readText());
  await reader.close();
  await page.bringToFront();
  return text;
}

/** The rows of the table, as they are shown. */
export function shownRows(page: Page): Promise<readonly string[]> {
  return page.locator(".is-rows tbody tr").evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll("td")]
        .slice(1)
        .map((cell) => cell.textContent)
        .join(" "),
    ),
  );
}
