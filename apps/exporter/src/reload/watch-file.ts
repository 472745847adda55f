import { createHash } from "node:crypto";

export interface WatchFileOptions {
  /** Reads the file; rejects when it cannot. */
  readonly read: () => Promise<Uint8Array>;
  readonly intervalMs: number;
  /** Told when the file holds something else than at the last look. */
  readonly onChanged: () => void;
  /** Runs a callback again and again and returns what ends it. Default: a timer that keeps no process alive. */
  readonly every?: ((callback: () => void, intervalMs: number) => () => void) | undefined;
}

/**
 * Looks at a file from time to time and compares what it holds. Its times and inodes say less: Kubernetes replaces a mounted
 * ConfigMap behind a symbolic link, editors write a new file. A file that is away for a moment has not changed.
 *
 * @returns ends the watch.
 */
export function watchFile({ read, intervalMs, onChanged, every = timer }: WatchFileOptions): () => void {
  let seen: Promise<string | undefined> = digest(read, undefined);

  return every(() => {
    seen = seen.then(async (before) => {
      const present = await digest(read, before);
      // A file that was away at the start counts as new when it comes.
      if (present !== before) onChanged();
      return present;
    });
  }, intervalMs);
}

async function digest(read: () => Promise<Uint8Array>, otherwise: string | undefined): Promise<string | undefined> {
  try {
    return createHash("sha256")
      .update(await read())
      .digest("base64");
  } catch {
    return otherwise;
  }
}

function timer(callback: () => void, intervalMs: number): () => void {
  const running = setInterval(callback, intervalMs).unref();
  return () => clearInterval(running);
}
