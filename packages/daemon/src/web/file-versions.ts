import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";

/** Time in which a file can change again without a trace: clocks of file systems tick as seldom as every two seconds. */
const SETTLING_MS = 2000n;
const NS_PER_MS = 1_000_000n;

/** What files looked like at one moment. */
export interface FileVersions {
  /** Equal for equal files. */
  readonly text: string;
  /** Whether every later change would show. If not, only their content tells. */
  readonly isSettled: boolean;
}

/**
 * Looks at files without reading them: where they lie, how long they are and when they changed, links followed. A file that cannot be
 * looked at counts with the reason.
 */
export async function fileVersions(paths: readonly string[], nowMs: number): Promise<FileVersions> {
  const seen = await Promise.all(paths.map((path) => look(path)));
  const nowNs = BigInt(Math.trunc(nowMs)) * NS_PER_MS;
  return {
    text: seen.map((file) => (typeof file === "string" ? file : describe(file))).join("\n"),
    isSettled: seen.every((file) => typeof file === "string" || lastChangeNs(file) + SETTLING_MS * NS_PER_MS < nowNs),
  };
}

async function look(path: string): Promise<BigIntStats | string> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  }
}

function describe({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

function lastChangeNs({ mtimeNs, ctimeNs }: BigIntStats): bigint {
  return mtimeNs > ctimeNs ? mtimeNs : ctimeNs;
}
