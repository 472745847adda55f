import { createEmulator, DEMO_ACCOUNT, demoAccounts } from "@fc-async/emulator";
import { createSignedFetch } from "@fc-async/protocol";

const emulator = createEmulator({
  accounts: demoAccounts(),
  faults: [{ match: { page: 2 }, times: 1, action: { type: "status", status: 503 } }],
});

const signedFetch = createSignedFetch({
  fetch: emulator.fetch,
  credentials: () => DEMO_ACCOUNT,
  scheme: { name: "acs3", action: "ListStatefulAsyncInvocationFunctions", version: "2021-04-06" },
});

const { accountId, region } = DEMO_ACCOUNT;
const list = `https://${accountId}.${region}.fc.aliyuncs.com/2021-04-06/stateful-async-invocation-functions?limit=30`;

let nextToken = "";
do {
  const response = await signedFetch(nextToken === "" ? list : `${list}&nextToken=${encodeURIComponent(nextToken)}`);
  const page: { readonly nextToken: string } = JSON.parse(await response.text());
  nextToken = page.nextToken;
} while (nextToken !== "");

const lines = emulator.requests.map(({ page, status, code }) => `page ${page}: ${status} ${code ?? "OK"}`);
export const printed: string = `${lines.join("\n")}\n`;
