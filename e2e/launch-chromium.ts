import { chromium, type Browser } from "playwright-core";
import { runOrThrow } from "./run-to-end.ts";

/** Starts the Chromium that is installed. Text is drawn in greys: in colours, each letter makes a screenshot larger. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = (await runOrThrow(".", "sh", ["-c", "command -v chromium"])).trim();
  return chromium.launch({ executablePath, args: ["--disable-lcd-text"] });
}
