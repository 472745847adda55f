/**
 * What one writes first as a whole: the vendor's SDK reads every target over and over, all of them at the same time, each complete
 * list goes into a prom-client gauge, and each scrape renders it. Sends its port once it listens.
 */
import { parseArgs } from "node:util";
import { Gauge, Registry } from "prom-client";
import { accountsOf } from "../clients/targets.ts";
import { createVendorSdkWalk } from "../clients/vendor-sdk.ts";
import { servePromClient } from "./serve-prom-client.ts";

const { values } = parseArgs({
  options: { origin: { type: "string", default: "" }, targets: { type: "string", default: "1" } },
});
const registry = new Registry();
const info = new Gauge({
  name: "function_info",
  help: "1 for each function with asynchronous tasks enabled.",
  labelNames: ["account_id", "region_id", "service_name", "function_name", "qualifier"],
  registers: [registry],
});

async function pollForEver(target: { readonly account_id: string; readonly region_id: string }): Promise<never> {
  const walk = createVendorSdkWalk(values.origin);
  let shown = new Map<string, Readonly<Record<string, string>>>();
  for (;;) {
    const listed = new Map<string, Readonly<Record<string, string>>>();
    await walk((rows) => {
      for (const { serviceName = "", functionName = "", qualifier = "" } of rows) {
        const labels = { ...target, service_name: serviceName, function_name: functionName, qualifier };
        listed.set(`${serviceName}/${functionName}/${qualifier}`, labels);
      }
    });
    // Only what changed is touched: the kindest way to keep a gauge.
    for (const [key, labels] of listed) if (!shown.has(key)) info.set(labels, 1);
    for (const [key, labels] of shown) if (!listed.has(key)) info.remove(labels);
    shown = listed;
  }
}

for (const { accountId, regions } of accountsOf(Number(values.targets))) {
  for (const regionId of regions) void pollForEver({ account_id: accountId, region_id: regionId });
}
servePromClient(registry);
