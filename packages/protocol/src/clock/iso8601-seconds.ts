import { oncePerSecond } from "./once-per-second.ts";

const ISO_SECONDS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** An instant in UTC to the second, `2026-11-23T08:56:27Z`: the form of `x-acs-date`. Milliseconds are cut off. */
export const formatIso8601Seconds: (epochMs: number) => string = oncePerSecond(
  (epochMs) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`,
);

/** Reads that form, and no other, into milliseconds since the epoch; `undefined` when the text or the instant is not one. */
export function parseIso8601Seconds(text: string): number | undefined {
  if (!ISO_SECONDS.test(text)) return undefined;
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) return undefined;
  return formatIso8601Seconds(epochMs) === text ? epochMs : undefined;
}
