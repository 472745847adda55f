import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";
import { createExposition, negotiateEncoding, negotiateFormat } from "@fc-async/exposition";

const deflateRawAsync = promisify<Uint8Array, { level: number; finishFlush: number }, Uint8Array>(deflateRaw);

const exposition = createExposition({
  deflate: {
    deflateToFlush: (bytes) => deflateRawAsync(bytes, { level: 1, finishFlush: constants.Z_SYNC_FLUSH }),
    crc32: (bytes) => crc32(bytes),
  },
  yieldToLoop: () => new Promise((resolve) => setImmediate(resolve)),
});

await exposition.setTarget("fc2/1234567890123456/cn-hangzhou", {
  labels: { account_id: "1234567890123456", region_id: "cn-hangzhou", fc_version: "2" },
  families: [
    { name: "aliyun_fc_async_task_up", samples: [{ value: 1 }] },
    { name: "aliyun_fc_async_task_functions", samples: [{ labels: { service_name: "orders" }, value: 2 }] },
  ],
});

const { format, contentType } = negotiateFormat("application/openmetrics-text;version=1.0.0,*/*;q=0.1");
const encoding = negotiateEncoding("identity");
const { parts } = await exposition.scrape({ format, encoding });

export const printed: string = `${contentType}\n${Buffer.concat(parts).toString()}`;
