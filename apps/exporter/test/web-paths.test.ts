import { webPaths } from "fc-async-exporter";
import { expect, test } from "vitest";
import { scene } from "./scene.ts";

test.each([
  [{}, { routePrefix: "", linkPrefix: "" }],
  [{ externalUrl: new URL("https://m.example.com/") }, { routePrefix: "", linkPrefix: "" }],
  [{ externalUrl: new URL("https://m.example.com/fc/") }, { routePrefix: "/fc", linkPrefix: "/fc" }],
  [
    { externalUrl: new URL("https://m.example.com/fc"), routePrefix: "/" },
    { routePrefix: "", linkPrefix: "/fc" },
  ],
  [
    { externalUrl: new URL("https://m.example.com/fc"), routePrefix: "/x/" },
    { routePrefix: "/x", linkPrefix: "/fc" },
  ],
  [{ routePrefix: "/x" }, { routePrefix: "/x", linkPrefix: "/x" }],
])("%j places routes and links at %j", (flags, placed) => {
  expect(webPaths({ telemetryPath: "/metrics", ...flags })).toEqual({ telemetryPath: "/metrics", ...placed });
});

test("under a prefix every route and every link has it, and the top leads there", async () => {
  const { request } = await scene({ paths: { routePrefix: "/fc" } });
  expect((await request("/fc/metrics")).status).toBe(200);
  expect((await request("/metrics")).status).toBe(404);
  for (const top of ["/", "/fc"]) {
    const { status, headers } = await request(top);
    expect([status, headers.location]).toEqual([302, "/fc/"]);
  }
  const page = (await request("/fc/")).body.toString();
  const links = [...page.matchAll(/href="([^"]+)"/gu)].map(([, href]) => href);
  expect(links.length).toBeGreaterThan(8);
  expect(links.filter((href) => href?.startsWith("/fc/") !== true)).toEqual([]);
  // Nothing polls here, and a probe waits for a poll.
  for (const href of links.filter((each) => each?.includes("probe") === false)) {
    expect([href, (await request(href ?? "")).status]).toEqual([href, href === "/fc/-/ready" ? 503 : 200]);
  }
});

test("behind a proxy that cuts the prefix off only the links have it", async () => {
  const { request } = await scene({ paths: { externalUrl: new URL("https://m.example.com/fc"), routePrefix: "/" } });
  expect((await request("/metrics")).status).toBe(200);
  expect((await request("/")).body.toString()).toContain('href="/fc/metrics"');
});

test("the page that is asked to refreshes itself, and leads back", async () => {
  const { request } = await scene();
  expect((await request("/")).body.toString()).not.toContain("http-equiv");
  const page = (await request("/?refresh=10")).body.toString();
  expect(page).toContain('<meta http-equiv="refresh" content="10">');
  expect(page).toContain("Stop refreshing");
});

test("the configuration in force is shown as text", async () => {
  const { request } = await scene();
  const { headers, body } = await request("/config");
  expect([headers["content-type"], body.toString()]).toEqual(["text/plain; charset=utf-8", "accounts: []\n"]);
});

test("zstd is answered to whom it is worth more than gzip", async () => {
  const { request } = await scene();
  const encodingFor = async (accept: string): Promise<string | undefined> =>
    (await request("/metrics", { "accept-encoding": accept })).headers["content-encoding"];
  expect(await encodingFor("zstd")).toBe("zstd");
  expect(await encodingFor("gzip, zstd")).toBe("gzip");
});
