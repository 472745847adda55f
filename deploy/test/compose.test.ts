import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly secrets?: readonly string[];
  readonly network_mode?: string;
  readonly [key: string]: unknown;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets?: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes?: Readonly<Record<string, unknown>>;
}

const FOLDER = new URL("../docker/", import.meta.url);
function compose(name: string): Compose {
  const text = readFileSync(new URL(name, FOLDER), "utf8");
  // Compose's own tags say how a value meets the one of the file below; here only the value counts.
  return parse(text.replaceAll(/!(?:reset|override) /gu, ""), { merge: true });
}

const real = compose("compose.yaml");
const demo = compose("compose.demo.yaml");
const services = [...Object.entries(real.services), ["emulator", demo.services["emulator"] ?? {}] as const];

test.each(services)(
  "%s may write nowhere but to its volumes, has no capability, and answers this machine alone",
  (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
    expect(service["privileged"]).toBeUndefined();
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/u);
  },
);

test.each(services)(
  "%s is built from a stage that exists, or is an image with a version",
  (_name, { image = "", build }) => {
    expect(image).toMatch(/:v?\d+\.\d+\.\d+$/u);
    if (build === undefined) return;
    const dockerfile = new URL(`${build.context}/${build.dockerfile}`, FOLDER);
    expect(readFileSync(dockerfile, "utf8")).toContain(` AS ${build.target}\n`);
  },
);

test("every file that is mounted exists, every volume and secret is declared", () => {
  const all = [...services, ["exporter of the demo", demo.services["exporter"] ?? {}] as const];
  const mounts = all.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0] ?? ""));
  expect(mounts.length).toBeGreaterThan(7);
  for (const source of mounts) {
    if (source.startsWith(".")) expect(existsSync(new URL(source, FOLDER)), source).toBe(true);
    else expect(Object.keys(real.volumes ?? {})).toContain(source);
  }
  expect(Object.keys(real.secrets ?? {})).toEqual(real.services["exporter"]?.secrets);
});

test("Prometheus of compose scrapes the exporter as the job that the alerts expect, by a name that the demo has, too", () => {
  const config: {
    scrape_configs: readonly { job_name: string; static_configs: readonly { targets: readonly string[] }[] }[];
  } = parse(readFileSync(new URL("prometheus.yaml", FOLDER), "utf8"));
  expect(config.scrape_configs).toMatchObject([
    { job_name: "fc-async", static_configs: [{ targets: ["exporter:10406"] }] },
  ]);
  expect(demo.services["exporter"]).toMatchObject({ network_mode: "service:emulator" });
  expect(demo.services["emulator"]).toMatchObject({ networks: { default: { aliases: ["exporter"] } } });
});

test("no key of an image's builder goes into the image", () => {
  const ignored = readFileSync(new URL("Dockerfile.dockerignore", FOLDER), "utf8").split("\n");
  expect(ignored).toEqual(expect.arrayContaining([".git", "**/.env*", "deploy/docker/secrets", "**/node_modules"]));
});
