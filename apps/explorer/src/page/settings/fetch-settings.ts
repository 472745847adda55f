import * as z from "zod/mini";
import type { PageSettings } from "../../request/presets.ts";
import { parseJson } from "../text/parse-json.ts";

const Values = z.object({
  accountId: z.string(),
  region: z.string(),
  endpoint: z.string(),
  accessKeyId: z.string(),
  accessKeySecret: z.string(),
  securityToken: z.string(),
  limit: z.string(),
  nextToken: z.string(),
  "X-Fc-Account-Id": z.string(),
  "X-Fc-Date": z.string(),
  "X-Fc-Trace-Id": z.string(),
});
const Settings = z.object({
  version: z.string(),
  emulatorEndpoint: z.string(),
  presets: z.array(z.object({ id: z.enum(["emulator", "real"]), title: z.string(), values: Values })),
});

/**
 * Asks the page's server what to start with.
 *
 * @throws {Error} with a sentence for the page, when it does not answer, or not with settings.
 */
export async function fetchSettings(fetch: typeof globalThis.fetch): Promise<PageSettings> {
  const text = await fetch("/settings.json").then(
    (response) => response.text(),
    () => {
      throw new Error("The server of this page does not answer. Check that fc-async-explorer is running, and reload.");
    },
  );
  const settings = Settings.safeParse(parseJson(text));
  if (!settings.success) {
    throw new Error("The server of this page is of another version than the page. Reload without the cache.");
  }
  return settings.data;
}
