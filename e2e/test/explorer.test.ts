import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, DEMO_ACCOUNT, demoAccounts, type RequestRecord, openApiContract } from "@fc-async/emulator";
import axe from "axe-core";
import { startEmulatorServer } from "fc-async-emulator";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import {
  clipboardText,
  copied,
  field,
  launchChromium,
  openExplorer,
  send,
  show,
  VIEWPORTS,
  VIEWS,
} from "../explorer-page.ts";
import { requireProgram } from "../required-program.ts";
import { startEmulator, type RunningEmulator } from "../start-emulator.ts";
import { startExplorer, type RunningExplorer } from "../start-explorer.ts";
import { temporaryFolder } from "../temporary-folder.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Chromium complains of each answer that is no success; some tests ask for one. */
const NO_SUCCESS = /^Failed to load resource: the server responded with a status of/;
const MAX_PAGE_BYTES = 150_000;

let emulator: RunningEmulator;
let explorer: RunningExplorer;
let browser: Browser | undefined;

beforeEach((context) => requireProgram("chromium", context));

beforeAll(async () => {
  emulator = await startEmulator();
  explorer = await startExplorer(emulator.url);
  return async () => {
    await browser?.close();
    await Promise.all([emulator.stop(), explorer.stop()]);
  };
});

interface Opening extends BrowserContextOptions {
  /** Default: the explorer in front of the demo. */
  readonly url?: string;
  /** Complaints that belong to the test. */
  readonly expected?: RegExp;
}

/** Opens the page. When the test ends, the browser must not have complained of anything. */
async function open({ url = explorer.url, expected = /(?!)/, ...options }: Opening = {}): Promise<Page> {
  browser ??= await launchChromium();
  const opened = await openExplorer(browser, url, options);
  onTestFinished(async () => {
    await opened.close();
    expect(opened.complaints.filter((complaint) => !expected.test(complaint))).toEqual([]);
  });
  return opened.page;
}

/** An explorer with an emulator of its own behind it. */
async function explorerBefore(emulatorUrl: string): Promise<RunningExplorer> {
  const started = await startExplorer(emulatorUrl);
  onTestFinished(async () => {
    await started.stop();
  });
  return started;
}

/** Rows as the table shows them. */
function demoRows(region: string): readonly string[] {
  const account = demoAccounts().find(({ accountId }) => accountId === DEMO_ACCOUNT.accountId);
  const rows = account?.regions[region] ?? [];
  return rows.map((row) => `${row.serviceName} ${row.functionName} ${row.qualifier}`).toSorted();
}

async function expectShown(locator: Locator): Promise<void> {
  await expect.poll(() => locator.isVisible()).toBe(true);
}

function shownRows(page: Page): Promise<readonly string[]> {
  return page.locator(".is-rows tbody tr").evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll("td")]
        .slice(1)
        .map((cell) => cell.textContent)
        .join(" "),
    ),
  );
}

describe("try", () => {
  test("lists the demo account page by page", async () => {
    const page = await open();
    await send(page);
    const rows = [...(await shownRows(page))];
    expect(rows).toHaveLength(20);
    expect(await page.locator(".status-line").textContent()).toMatch(/200 OK20 rows\d+ msMore pages follow/);
    expect(await page.locator(".request-id code").textContent()).toMatch(/^[0-9a-f-]{36}$/);
    for (const count of [20, 10]) {
      await page.getByRole("button", { name: "Next page" }).click();
      await expect.poll(() => shownRows(page)).toHaveLength(count);
      await expect.poll(async () => rows.includes((await shownRows(page))[0] ?? "")).toBe(false);
      rows.push(...(await shownRows(page)));
    }
    expect(rows.toSorted()).toEqual(demoRows(DEMO_ACCOUNT.region));
    await page.getByText("End of the list", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Next page" }).isDisabled()).toBe(true);
  });

  test("offers the next page of the list it came from alone", async () => {
    const page = await open();
    const next = page.getByRole("button", { name: "Next page" });
    expect(await next.isDisabled()).toBe(true);
    await send(page);
    expect(await next.isEnabled()).toBe(true);
    await field(page, "Region").fill("cn-shanghai");
    expect(await next.isDisabled()).toBe(true);
  });

  test("shows the same answer as JSON and with its headers", async () => {
    const page = await open();
    await send(page);
    await page.getByRole("tab", { name: "JSON", exact: true }).click();
    const body: unknown = JSON.parse(await copied(page, "Copy JSON of the answer"));
    expect(body).toMatchObject({ data: expect.any(Array), nextToken: expect.any(String) });
    expect(JSON.parse((await page.getByRole("region", { name: "JSON of the answer" }).textContent()) ?? "")).toEqual(
      body,
    );
    await page.getByRole("tab", { name: "Headers" }).click();
    expect(await page.getByRole("region", { name: "Headers" }).textContent()).toMatch(/content-typeapplication\/json/i);
  });

  test("reads all pages, and saves them as JSON and CSV", async () => {
    const page = await open();
    await page.getByRole("button", { name: "All pages" }).click();
    await page.getByText("The whole list", { exact: true }).waitFor();
    expect((await shownRows(page)).toSorted()).toEqual(demoRows(DEMO_ACCOUNT.region));
    expect(await page.locator(".status-line").textContent()).toMatch(/50 rows3 pages/);
    const saved = async (button: string): Promise<string> => {
      const downloading = page.waitForEvent("download");
      await page.getByRole("button", { name: button }).click();
      const download = await downloading;
      expect(download.suggestedFilename()).toMatch(/^fc-async-1000000000000001-cn-hangzhou\.(json|csv)$/);
      return readFile(await download.path(), "utf8");
    };
    expect((await saved("Download as CSV")).split("\r\n")).toHaveLength(52);
    const { data } = z.object({ data: z.array(z.unknown()) }).parse(JSON.parse(await saved("Download as JSON")));
    expect(data).toHaveLength(50);
  });

  test("shows how far all pages have come, and can be stopped between them", async () => {
    const faults = join(await temporaryFolder(), "faults.json");
    const slow = { match: { page: 3 }, times: "forever", action: { type: "silence" } };
    await writeFile(faults, JSON.stringify([slow]));
    const silent = await startEmulator(`--fault.file=${faults}`);
    onTestFinished(async () => {
      await silent.stop();
    });
    const { url } = await explorerBefore(silent.url);
    const page = await open({ url });
    await page.getByRole("button", { name: "All pages" }).click();
    const progress = page.getByRole("region", { name: "Reading all pages" });
    await progress.getByText("2 pages", { exact: true }).waitFor();
    await progress.getByText("40 rows", { exact: true }).waitFor();
    await progress.getByText("0 retries", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Send" }).isDisabled()).toBe(true);
    await progress.getByRole("button", { name: "Cancel" }).click();
    const notice = page.getByRole("group", { name: "What went wrong" });
    await notice.getByText("The 40 rows of 2 pages below are a part of the list, not the list.").waitFor();
    // A part of a list is no file: a file cannot say so.
    expect(await page.getByRole("button", { name: /^Download/ }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Send" }).isEnabled()).toBe(true);
  });

  test("explains a refused signature, and leads to its row in Errors", async () => {
    const page = await open();
    await field(page, "AccessKey secret").fill("a-wrong-secret");
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await notice.getByRole("heading", { name: /SignatureNotMatch/ }).waitFor();
    await notice.getByText("Check that access key id and secret are a pair").waitFor();
    await notice.getByRole("link", { name: /SignatureNotMatch in Errors/ }).click();
    const row = page.locator('li[aria-current="true"]', { hasText: "SignatureNotMatch" });
    await row.waitFor();
    await expect.poll(() => row.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(800);
    expect(new URL(page.url()).hash).toBe("#errors/SignatureNotMatch");
    await page.goBack();
    await notice.waitFor();
  });

  test.each(["0", "101", "2.5", "ten"])("stops the limit %j at its field, with the vendor's rule", async (limit) => {
    const page = await open();
    const posted: string[] = [];
    page.on("request", (request) => posted.push(new URL(request.url()).pathname));
    const input = field(page, "Limit");
    await input.fill(limit);
    await field(page, "Region").focus();
    await page.getByRole("button", { name: "Send" }).click();
    expect(await input.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await input.getAttribute("aria-invalid")).toBe("true");
    const [problemId = ""] = ((await input.getAttribute("aria-describedby")) ?? "").split(" ");
    expect(await page.locator(`[id="${problemId}"]`).textContent()).toBe(
      `The limit must be an integer from 1 to 100, not "${limit}".`,
    );
    expect(posted).not.toContain("/relay");
    await input.fill("100");
    expect(await input.getAttribute("aria-invalid")).toBe("false");
    await send(page);
    expect(await shownRows(page)).toHaveLength(50);
  });

  test("says that an account without such functions is empty, not broken", async () => {
    const page = await open();
    await field(page, "Account id").fill("1000000000000003");
    await field(page, "AccessKey id").fill("LTAI5tFakeDemoKeyThree03");
    await field(page, "AccessKey secret").fill("FakeDemoSecretThree000000000003");
    await send(page);
    await expectShown(page.getByRole("heading", { name: "No function has asynchronous tasks enabled here" }));
  });

  test("shows hostile names inert, their hidden characters by name", async () => {
    const page = await open();
    await field(page, "Account id").fill("1000000000000002");
    await field(page, "Region").fill("eu-central-1");
    await field(page, "AccessKey id").fill("LTAI5tFakeDemoKeyTwo0002");
    await field(page, "AccessKey secret").fill("FakeDemoSecretTwo00000000000002");
    await send(page);
    const rows = await shownRows(page);
    expect(rows).toContain("twoLFlines lineLFbreak LATEST");
    expect(rows).toContain("rtl-RLOgnp.exe override LATEST");
    expect(rows).toContain("<!channel> &lt;script&gt; LATEST");
    expect(rows.join("")).not.toMatch(/[\u202E\n]/);
    await page.getByLabel("Filter the rows").fill("__PROTO__");
    await expect.poll(() => shownRows(page)).toEqual(["__proto__ __proto__ LATEST"]);
  });

  test("remembers the calls of the tab, shows them again and fills the form with them", async () => {
    const page = await open();
    await send(page);
    await field(page, "Limit").fill("7");
    await send(page);
    expect(await shownRows(page)).toHaveLength(7);
    const history = page.locator(".history-list > li");
    await history.nth(1).getByRole("button").first().click();
    expect(await shownRows(page)).toHaveLength(20);
    await show(page, "Sign");
    await page.getByText(/^The request of [\d:]+, not that of the form$/).waitFor();
    expect(await copied(page, "Copy the canonical request")).toContain("\nlimit=20\n");
    await show(page, "Result");
    await page.getByRole("button", { name: "Refill the form with call 1" }).click();
    expect(await field(page, "Limit").inputValue()).toBe("20");
    expect(await field(page, "AccessKey secret").inputValue()).toBe(DEMO_ACCOUNT.accessKeySecret);
  });

  test("warns before the real service, and takes no key of the emulator there", async () => {
    const page = await open();
    await page.getByRole("radio", { name: "Alibaba Cloud" }).check();
    await page.getByText("This is the real service and a real account.").waitFor();
    expect(await field(page, "AccessKey secret").inputValue()).toBe("");
    expect(await field(page, "Endpoint").inputValue()).toBe("https://{account_id}.{region}.fc.aliyuncs.com");
    await page.getByRole("radio", { name: "Emulator" }).check();
    expect(await field(page, "AccessKey secret").inputValue()).toBe(DEMO_ACCOUNT.accessKeySecret);
  });
});

describe("a relay failure", () => {
  test("is the upstream's when the emulator is down", async () => {
    const short = await startEmulator();
    const { url } = await explorerBefore(short.url);
    const page = await open({ url, expected: NO_SUCCESS });
    await short.stop();
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await expectShown(notice.getByText("The relay sent the request, and no good answer came back"));
    await expectShown(notice.getByText("FC_NETWORK"));
  });

  test("is the relay's when it would not send", async () => {
    const page = await open({ expected: NO_SUCCESS });
    await page.getByRole("radio", { name: "Own" }).check();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("field-endpoint");
    await page.keyboard.insertText("https://{account_id}.example.com");
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await expectShown(notice.getByRole("heading", { name: "The relay did not send the request" }));
    await expectShown(notice.getByText("target_refused"));
  });

  test("is the page's when its server is gone", async () => {
    const short = await startExplorer(emulator.url);
    const page = await open({ url: short.url, expected: /ERR_CONNECTION_REFUSED/ });
    await short.stop();
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await expectShown(notice.getByRole("heading", { name: "The page could not reach its own server" }));
    await expectShown(notice.getByText("Check that fc-async-explorer is still running"));
  });
});

describe("sign", () => {
  test("shows the very request that the emulator received", async () => {
    const records: RequestRecord[] = [];
    const inside = createEmulator({
      accounts: demoAccounts(),
      contract: openApiContract("fail"),
      onRequest: (record) => records.push(record),
    });
    const server = await startEmulatorServer({ emulator: inside });
    onTestFinished(() => server.close());
    const { url } = await explorerBefore(server.url);
    const page = await open({ url });
    await field(page, "Next token").fill("");
    await field(page, "Limit").fill("3");
    await show(page, "Sign");
    await page.getByText("Preview", { exact: true }).waitFor();
    await send(page);
    await page.getByText("As sent", { exact: true }).waitFor();
    const canonical = await copied(page, "Copy the canonical request");
    const [record] = records;
    const date = new Date(record?.dateMs ?? 0).toISOString().replace(/\.\d+/, "");
    expect(record).toMatchObject({ status: 200, verdict: "ok" });
    expect(canonical.split("\n").slice(0, 4)).toEqual([
      "GET",
      "/2021-04-06/stateful-async-invocation-functions",
      "limit=3",
      `host:${record?.host}`,
    ]);
    expect(canonical).toContain(`\nx-acs-date:${date}\nx-acs-signature-nonce:${record?.nonce}\n`);
    const finalRequest = await copied(page, "Copy the final request");
    expect(finalRequest).toContain(`GET ${record?.target} HTTP/1.1\n`);
    expect(finalRequest).toContain(`Signature=${await copied(page, "Copy the signature")}`);
    // The form has changed: what is shown is what would be sent now.
    await field(page, "Limit").fill("4");
    await page.getByText("Preview", { exact: true }).waitFor();
    expect(await copied(page, "Copy the canonical request")).toContain("\nlimit=4\n");
  });

  test("links each part to its field, both ways", async () => {
    const page = await open();
    await show(page, "Sign");
    const part = page.getByRole("button", { name: "20, limit: go to the field" }).first();
    const row = page.locator(".field", { has: page.locator("#field-limit") });
    await part.hover();
    await expect.poll(() => row.getAttribute("class")).toContain("is-linked");
    await part.click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-limit");
    await expect.poll(() => part.getAttribute("class")).toContain("is-linked");
    await field(page, "Limit").fill("21");
    await page.getByRole("button", { name: "21, limit: go to the field" }).first().waitFor();
  });

  test("finds the line that was changed in a request made elsewhere", async () => {
    const page = await open();
    await send(page);
    await show(page, "Sign");
    const finalRequest = await copied(page, "Copy the final request");
    const canonical = await copied(page, "Copy the canonical request");
    await page.getByRole("tab", { name: "Check mine" }).click();
    const found = page.getByRole("region", { name: "What was found" });
    const check = async (request: string): Promise<void> => {
      await page.getByLabel("Your request", { exact: true }).fill(request);
      await page.getByRole("button", { name: "Find the first difference" }).click();
    };
    await check(finalRequest);
    await found.getByText("The signature is right").waitFor();
    await check(finalRequest.replace("limit=20", "limit=21"));
    await found.getByText("The signature is wrong").waitFor();
    await page.getByText("Your own canonical request or string to sign, to compare").click();
    await page.getByLabel("Your canonical request or string to sign").fill(canonical);
    await check(finalRequest.replace("limit=20", "limit=21"));
    await found.getByText("Line 3 of your canonical request is not the service's").waitFor();
    expect(await found.getByRole("region", { name: "Line 3 as the service signs it" }).textContent()).toBe("limit=21");
    expect(await found.getByRole("region", { name: "Line 3 of yours" }).textContent()).toBe("limit=20");
  });
});

const Samples = z.array(z.object({ id: z.string(), title: z.string(), code: z.string(), install: z.string() }));

describe("samples", () => {
  test("are copied as /samples has them, for the request on screen", async () => {
    const page = await open();
    await field(page, "Limit").fill("33");
    await field(page, "Next token").fill("a/b+c==");
    await show(page, "Samples");
    const link = await page.getByRole("link", { name: "the same samples as JSON" }).getAttribute("href");
    const samples = Samples.parse(await (await fetch(new URL(link ?? "", explorer.url))).json());
    expect(samples).toHaveLength(7);
    for (const { title, code, install } of samples) {
      await page.getByRole("tab", { name: title, exact: true }).click();
      expect(code).toContain("33");
      expect(await copied(page, `Copy the sample for ${title}`)).toBe(code);
      expect(await page.getByRole("region", { name: `Sample for ${title}` }).textContent()).toBe(code);
      if (install !== "") expect(await copied(page, "Copy the install command")).toBe(install);
      await page.getByText(/^(Executed|Parsed) in CI$/).waitFor();
    }
    expect(new URL(page.url()).hash).toBe("#samples/aliyun-cli");
  });
});

test("the address selects the view, and what to see in it", async () => {
  const page = await open({ url: `${explorer.url}/#samples/python` });
  expect(await page.getByRole("tab", { selected: true }).allTextContents()).toEqual(["Samples", "Python"]);
  await page.getByRole("tab", { name: "Permissions" }).click();
  expect(new URL(page.url()).hash).toBe("#permissions");
  await page.goBack();
  await expectShown(page.getByRole("region", { name: "Sample for Python" }));
});

test("the RAM policy is copied as JSON", async () => {
  const page = await open();
  await show(page, "Permissions");
  expect(JSON.parse(await copied(page, "Copy the policy"))).toEqual({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: "fc:ListStatefulAsyncInvocationFunctions", Resource: "*" }],
  });
});

test("the errors are filtered by code, status and word", async () => {
  const page = await open();
  await show(page, "Errors");
  const rows = page.locator(".errors > li");
  expect(await rows.count()).toBeGreaterThan(40);
  await page.getByLabel("Filter the errors").fill("429");
  await expect.poll(() => rows.count()).toBeLessThan(10);
  await page.getByLabel("Filter the errors").fill("no such error");
  await page.getByText("No entry holds “no such error”.").waitFor();
});

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
    const page = await open();
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
    const page = await open();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main")?.id)).toBe("work");
  });

  test("sees where it is", async () => {
    const page = await open();
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
      const page = await open({ viewport: VIEWPORTS[device], colorScheme });
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
  const page = await open({ colorScheme: "light" });
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
  const page = await open();
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
  browser ??= await launchChromium();
  // Blank: the explorer's own lets no text become markup.
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const html = await (await fetch(explorer.url)).text();
  // DOMParser reads as a browser does whose scripts are off. The debugger's switch comes too late: the parser left `noscript` out.
  const { text, link } = await page.evaluate((markup) => {
    const noScript = new DOMParser().parseFromString(markup, "text/html").querySelector("noscript");
    return { text: noScript?.textContent, link: noScript?.querySelector("a")?.getAttribute("href") };
  }, html);
  expect(text).toMatch(/That takes\s+JavaScript,\s+which\s+is\s+switched\s+off/);
  expect((await fetch(new URL(link ?? "", explorer.url))).status).toBe(200);
});

test("the whole page is small, and comes from its own server alone", async () => {
  const page = await open();
  const loaded = await page.evaluate(() =>
    [...performance.getEntriesByType("resource"), ...performance.getEntriesByType("navigation")].map((entry) => ({
      name: entry.name,
      bytes: entry instanceof PerformanceResourceTiming ? entry.transferSize : Number.NaN,
    })),
  );
  expect(loaded.every(({ name }) => new URL(name).origin === explorer.url)).toBe(true);
  expect(loaded.length).toBeGreaterThan(3);
  expect(loaded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(MAX_PAGE_BYTES);
});

/** What axe finds on the page as it stands: the rule, and where. */
async function axeViolations(page: Page): Promise<readonly string[]> {
  // By the debugger, which no content security policy binds.
  await page.evaluate(axe.source);
  const result: unknown = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const { violations } = z
    .object({
      violations: z.array(
        z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
      ),
    })
    .parse(result);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
