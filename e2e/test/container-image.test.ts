import { cpSync, existsSync, readFileSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { demoConfiguration } from "../demo-configuration.ts";
import { dockerfileStages, execForm, instruction, type Stage } from "../dockerfile.ts";
import { requireProgram } from "../required-program.ts";
import { runOrThrow, runToEnd } from "../run-to-end.ts";
import { startEmulator } from "../start-emulator.ts";
import { startProcess } from "../start-process.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const EXPORTER = join(ROOT, "apps/exporter");
const NODE_OF_IMAGE = "/nodejs/bin/node";
const stages = dockerfileStages(readFileSync(join(ROOT, "deploy/docker/Dockerfile"), "utf8"));

function stageCalled(name: string): Stage {
  return stages.find((stage) => stage.name === name) ?? expect.fail(`there is no stage ${name}`);
}

describe("the Dockerfile", () => {
  test("takes every base image by tag and digest", () => {
    expect(stages.map(({ name }) => name)).toEqual(["build", "emulator", "exporter"]);
    for (const { image } of stages) expect(image).toMatch(/^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/u);
    for (const { image } of stages) expect(image).not.toContain(":latest");
  });

  test.each(["emulator", "exporter"])("runs the %s as a numbered user, from an image without a shell", (name) => {
    const stage = stageCalled(name);
    expect(stage.image).toContain("distroless");
    expect(instruction(stage, "USER")).toBe("65532:65532");
    expect(stage.instructions.map((each) => each.name)).not.toContain("RUN");
  });

  test("starts nothing through a shell", () => {
    const commands = stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ name }) => ["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"].includes(name));
    expect(commands.length).toBeGreaterThan(6);
    for (const { text } of commands) expect(execForm(text).length).toBeGreaterThan(0);
  });

  test("adds nothing from elsewhere and keeps no secret", () => {
    const all = stages.flatMap(({ instructions }) => instructions);
    expect(all.filter(({ name }) => name === "ADD" || name === "ARG")).toEqual([]);
    expect(all.filter(({ name, text }) => name === "ENV" && /key|secret|token|password/iu.test(text))).toEqual([]);
  });

  test("builds with the command that the repository builds with", () => {
    const [, , build] = stageCalled("build").instructions.filter(({ name }) => name === "RUN");
    expect(execForm(build?.text ?? "").join(" ")).toBe(
      "pnpm exec turbo run build --filter=fc-async-exporter --filter=fc-async-emulator",
    );
  });

  test("copies from the build only what is built and its package.json", () => {
    for (const [name, app] of [
      ["exporter", "exporter"],
      ["emulator", "emulator"],
    ] as const) {
      expect(instruction(stageCalled(name), "COPY")).toBe(
        `--from=build /source/apps/${app}/package.json /source/apps/${app}/dist/ /app/`,
      );
    }
  });
});

/**
 * What a container engine makes of the image, without one: root as the only file system and read-only, the user of the image, no
 * capability, no way to get one, /proc without what is not a process.
 */
const CONFINED = `set -eu
mount --rbind / "$ROOT"
mount -o remount,bind,ro "$ROOT"
mount -o remount,bind,ro "$ROOT/tmp" 2>/dev/null || true
mount -t proc -o subset=pid proc "$ROOT/proc"
exec chroot "$ROOT" setpriv --reuid=65532 --regid=65532 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all "$@"`;

/** The bundle as the image has it, with where a confined program finds it. */
async function buildImage(): Promise<{ readonly folder: string; readonly app: string }> {
  const folder = await temporaryFolder();
  const app = join(folder, "app");
  // What `turbo run build` does in the image, into a folder of this test: others build here at the same time.
  const bundler = join(EXPORTER, "node_modules/tsdown/dist/run.mjs");
  await runOrThrow(EXPORTER, process.execPath, [bundler, `--out-dir=${app}`, "--log-level=error"]);
  cpSync(join(EXPORTER, "package.json"), join(app, "package.json"));
  await mkdir(join(folder, "root"));
  // Another user must be able to read it, as in the image.
  await chmod(folder, 0o755);
  return { folder, app };
}

/** The words of an instruction of the image, for here. */
function replayed(name: string, app: string): readonly string[] {
  return execForm(instruction(stageCalled("exporter"), name)).map((word) =>
    word === NODE_OF_IMAGE ? process.execPath : word.replace("/app/", `${app}/`),
  );
}

test("the image's command serves and its health check passes where nothing can be written and nothing is allowed", async (context) => {
  for (const program of ["setpriv", "unshare", "chroot"]) requireProgram(program, context);
  if (process.getuid?.() !== 0) {
    if (process.env["FC_ASYNC_REQUIRE_TOOLS"] === "1") throw new Error("mount namespaces need root");
    context.skip("mount namespaces need root");
  }
  const emulator = await startEmulator();
  onTestFinished(async () => void (await emulator.stop()));
  const { folder, app } = await buildImage();
  const configuration = join(folder, "fc-async.yaml");
  await writeFile(configuration, await demoConfiguration(emulator.url, "1s"));
  const confined = (...command: readonly string[]): readonly string[] => [
    "--mount",
    "sh",
    "-c",
    CONFINED,
    "confined",
    ...command,
  ];
  const environment = { ROOT: join(folder, "root") };

  const [configFlag = "", listenFlag = ""] = replayed("CMD", app);
  expect([configFlag, listenFlag]).toEqual([
    "--config.file=/etc/fc-async/fc-async.yaml",
    "--web.listen-address=:10406",
  ]);
  const exporter = await startProcess({
    program: "unshare",
    command: confined(
      ...replayed("ENTRYPOINT", app),
      `--config.file=${configuration}`,
      "--web.listen-address=127.0.0.1:0",
    ),
    ready: /msg=listening address=(\S+)/u,
    environment,
  });
  onTestFinished(async () => void (await exporter.stop("SIGTERM")));
  const url = `http://${exporter.readyMatch[1]}`;

  await expect.poll(async () => (await fetch(`${url}/-/ready`)).status, { timeout: 15_000 }).toBe(200);
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics.match(/^aliyun_fc_async_task_up\{.*\} 1$/gmu)).toHaveLength(6);
  expect(metrics).toMatch(/^process_resident_memory_bytes [1-9]/mu);
  expect(metrics).toMatch(/^process_open_fds [1-9]/mu);

  const inside = (...command: readonly string[]) =>
    runToEnd(ROOT, "env", [`ROOT=${environment.ROOT}`, "unshare", ...confined(...command)]);
  const [node = "", main = "", health = ""] = replayed("HEALTHCHECK", app);
  expect(health).toBe("health");
  expect(await inside(node, main, health, `--url=${url}/-/healthy`)).toMatchObject({ code: 0 });
  expect(await inside(node, main, health, "--url=http://127.0.0.1:9/-/healthy")).toMatchObject({ code: 1 });

  // The conditions are what they are said to be.
  const written = await inside(node, "--eval", `require("node:fs").writeFileSync("${app}/written", "")`);
  expect(written.stderr).toMatch(/EROFS|EACCES/u);
  expect(
    (await inside("sh", "-c", `id -u; grep -E "^(CapEff|CapBnd|NoNewPrivs)" /proc/self/status; ls /proc/meminfo`))
      .stdout,
  ).toMatch(/^65532\nCapEff:\s0+\nCapBnd:\s0+\nNoNewPrivs:\s1\n$/u);
  expect(existsSync(join(app, "written"))).toBe(false);
}, 120_000);
