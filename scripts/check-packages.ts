/**
 * Builds and packs every public package and app, lints the tarballs (publint, attw), and runs each app's bundle alone in an
 * empty folder. Only pnpm rewrites `exports` to `dist`, so the tarball, not the folder, is what is checked.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";

const folder = mkdtempSync(join(tmpdir(), "fc-async-packages-"));
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

/** Tarballs of packages and apps go to folders of their own: `@fc-async/emulator` and `fc-async-emulator` pack to one name. */
function pack(room: "packages" | "apps"): readonly string[] {
  const destination = join(folder, room);
  mkdirSync(destination);
  run("pnpm", "--recursive", "--filter", `./${room}/*`, "pack", "--pack-destination", destination);
  return readdirSync(destination).map((name) => join(destination, name));
}

/** The thread that compares passwords is a file of its own, and the bundle finds it by its name. */
async function comparePassword(file: string): Promise<void> {
  const worker = new Worker(file);
  // Of "secret".
  const hash = "$2b$04$GghNszsv.OTNLm1mFh4OC.yUn/sjQWPYtoh4CmktS/9z7mz4IH2lK";
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  worker.postMessage({ password: "secret", hash });
  const [answer]: unknown[] = await once(worker, "message");
  await worker.terminate();
  assert.deepEqual(answer, { matches: true });
  console.log("compares a password: bcrypt-worker.js");
}

try {
  run("turbo", "run", "build", "--output-logs=errors-only");
  for (const tarball of pack("packages")) {
    run("publint", "run", tarball, "--strict");
    run("attw", tarball, "--profile", "esm-only");
  }
  for (const tarball of pack("apps")) run("publint", "run", tarball, "--strict");

  for (const app of ["emulator", "explorer", "exporter", "slack-bot"]) {
    const bundle = join(folder, app);
    cpSync(`apps/${app}/dist`, bundle, { recursive: true });
    copyFileSync(`apps/${app}/package.json`, join(bundle, "package.json"));
    const help = execFileSync(process.execPath, [join(bundle, "main.js"), "--help"], { cwd: folder, encoding: "utf8" });
    console.log(`runs alone: ${help.split("\n")[0] ?? ""}`);
  }
  await comparePassword(join(folder, "exporter", "bcrypt-worker.js"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
