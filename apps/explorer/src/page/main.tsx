import { render } from "preact";
import { App } from "./app.tsx";
import type { CallPorts } from "./calls/call-ports.ts";
import { createRelay } from "./calls/post-to-relay.ts";
import { Announcer } from "./controls/announcer.tsx";
import { fetchSettings } from "./settings/fetch-settings.ts";
import { themeStorage } from "./theme/theme-storage.ts";
import { applyTheme, storedTheme } from "./theme/theme.ts";

const fetch = globalThis.fetch.bind(globalThis);
const ports: CallPorts = {
  relay: createRelay(fetch),
  now: Date.now,
  nonce: () => crypto.randomUUID().replaceAll("-", ""),
};
const loadSettings = (): ReturnType<typeof fetchSettings> => fetchSettings(fetch);

const storage = themeStorage();
applyTheme(storedTheme(storage), document.documentElement, storage);
const root = document.getElementById("page");
if (root === null) throw new Error("index.html has no element with the id page");
render(
  <Announcer>
    <App ports={ports} fetchSettings={loadSettings} themeStorage={storage} />
  </Announcer>,
  root,
);
