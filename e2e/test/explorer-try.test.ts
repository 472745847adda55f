import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DEMO_ACCOUNT, demoAccounts } from "@fc-async/emulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { copied, field, send, show, shownRows } from "../explorer-page.ts";
import { expectShown, explorerBefore, explorerScene } from "../explorer-scene.ts";
import { startEmulator } from "../start-emulator.ts";
import { startExplorer } from "../start-explorer.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** Chromium complains of each answer that is no success; some tests ask for one. */
const NO_SUCCESS = /^Failed to load resource: the server responded with a status of/;

/** Rows as the table shows them. */
function demoRows(region: string): readonly string[] {
  const account = demoAccounts().find(({ accountId }) => accountId === DEMO_ACCOUNT.accountId);
  const rows = account?.regions[region] ?? [];
  return rows.map((row) => `${row.serviceName} ${row.functionName} ${row.qualifier}`).toSorted();
}

const scene = explorerScene();

describe("try", () => {
  test("lists the demo account page by page", async () => {
    const page = await scene.open();
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
    const page = await scene.open();
    const next = page.getByRole("button", { name: "Next page" });
    expect(await next.isDisabled()).toBe(true);
    await send(page);
    expect(await next.isEnabled()).toBe(true);
    await field(page, "Region").fill("cn-shanghai");
    expect(await next.isDisabled()).toBe(true);
  });

  test("shows the same answer as JSON and with its headers", async () => {
    const page = await scene.open();
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
    const page = await scene.open();
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
    const page = await scene.open({ url });
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
    const page = await scene.open();
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
    const page = await scene.open();
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
    const page = await scene.open();
    await field(page, "Account id").fill("1000000000000003");
    await field(page, "AccessKey id").fill("LTAI5tFakeDemoKeyThree03");
    await field(page, "AccessKey secret").fill("FakeDemoSecretThree000000000003");
    await send(page);
    await expectShown(page.getByRole("heading", { name: "No function has asynchronous tasks enabled here" }));
  });

  test("shows hostile names inert, their hidden characters by name", async () => {
    const page = await scene.open();
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
    const page = await scene.open();
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
    const page = await scene.open();
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
    const page = await scene.open({ url, expected: NO_SUCCESS });
    await short.stop();
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await expectShown(notice.getByText("The relay sent the request, and no good answer came back"));
    await expectShown(notice.getByText("FC_NETWORK"));
  });

  test("is the relay's when it would not send", async () => {
    const page = await scene.open({ expected: NO_SUCCESS });
    await page.getByRole("radio", { name: "Own" }).check();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("field-endpoint");
    await page.keyboard.insertText("https://{account_id}.example.com");
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await expectShown(notice.getByRole("heading", { name: "The relay did not send the request" }));
    await expectShown(notice.getByText("target_refused"));
  });

  test("is the page's when its server is gone", async () => {
    const short = await startExplorer(scene.emulator.url);
    const page = await scene.open({ url: short.url, expected: /ERR_CONNECTION_REFUSED/ });
    await short.stop();
    await send(page);
    const notice = page.getByRole("group", { name: "What went wrong" });
    await expectShown(notice.getByRole("heading", { name: "The page could not reach its own server" }));
    await expectShown(notice.getByText("Check that fc-async-explorer is still running"));
  });
});
