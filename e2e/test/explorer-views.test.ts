import { createEmulator, demoAccounts, openApiContract, type RequestRecord } from "@fc-async/emulator";
import { startEmulatorServer } from "fc-async-emulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { copied, field, send, show } from "../explorer-page.ts";
import { expectShown, explorerBefore, explorerScene } from "../explorer-scene.ts";

const scene = explorerScene();

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
    const page = await scene.open({ url });
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
    const page = await scene.open();
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
    const page = await scene.open();
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
    const page = await scene.open();
    await field(page, "Limit").fill("33");
    await field(page, "Next token").fill("a/b+c==");
    await show(page, "Samples");
    const link = await page.getByRole("link", { name: "the same samples as JSON" }).getAttribute("href");
    const samples = Samples.parse(await (await fetch(new URL(link ?? "", scene.explorer.url))).json());
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
  const page = await scene.open({ url: `${scene.explorer.url}/#samples/python` });
  expect(await page.getByRole("tab", { selected: true }).allTextContents()).toEqual(["Samples", "Python"]);
  await page.getByRole("tab", { name: "Permissions" }).click();
  expect(new URL(page.url()).hash).toBe("#permissions");
  await page.goBack();
  await expectShown(page.getByRole("region", { name: "Sample for Python" }));
});

test("the RAM policy is copied as JSON", async () => {
  const page = await scene.open();
  await show(page, "Permissions");
  expect(JSON.parse(await copied(page, "Copy the policy"))).toEqual({
    Version: "1",
    Statement: [{ Effect: "Allow", Action: "fc:ListStatefulAsyncInvocationFunctions", Resource: "*" }],
  });
});

test("the errors are filtered by code, status and word", async () => {
  const page = await scene.open();
  await show(page, "Errors");
  const rows = page.locator(".errors > li");
  expect(await rows.count()).toBeGreaterThan(40);
  await page.getByLabel("Filter the errors").fill("429");
  await expect.poll(() => rows.count()).toBeLessThan(10);
  await page.getByLabel("Filter the errors").fill("no such error");
  await page.getByText("No entry holds “no such error”.").waitFor();
});
