import { readdirSync, readFileSync } from "node:fs";
import { readConfig } from "@fc-async/daemon";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { schemaProblems, type Manifest } from "./kubernetes-schema.ts";

const FOLDER = new URL("../kubernetes/", import.meta.url);
const FILES = ["", "optional/"].flatMap((folder) =>
  readdirSync(new URL(folder, FOLDER))
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `${folder}${name}`),
);

function manifestsOf(file: string): readonly Manifest[] {
  return parseAllDocuments(readFileSync(new URL(file, FOLDER), "utf8"), { strict: true }).map((document): Manifest => {
    expect(document.errors).toEqual([]);
    return document.toJS();
  });
}

/** The one manifest of a file; its shape is what the schemas above promise of its kind. */
function only(file: string): ManifestWithParts {
  const [manifest, second] = manifestsOf(file);
  if (manifest === undefined || second !== undefined) expect.fail(`${file} holds not one manifest`);
  return manifest;
}

interface ManifestWithParts extends Manifest {
  readonly spec?: unknown;
  readonly data?: Readonly<Record<string, string>>;
  readonly stringData?: Readonly<Record<string, string>>;
}

interface DeploymentShape {
  readonly spec: {
    readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly serviceAccountName: string;
        readonly volumes: readonly {
          readonly name: string;
          readonly configMap?: { readonly name: string };
          readonly secret?: { readonly secretName: string };
        }[];
        readonly containers: readonly {
          readonly args: readonly string[];
          readonly image: string;
          readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
        }[];
      };
    };
  };
}

const deployment: DeploymentShape = parse(readFileSync(new URL("deployment.yaml", FOLDER), "utf8"));
const pod = deployment.spec.template;
const [container] = pod.spec.containers;

describe.each(FILES)("kubernetes/%s", (file) => {
  test("holds manifests without a key or value that the schemas of Kubernetes do not know", () => {
    const manifests = manifestsOf(file);
    expect(manifests.length).toBeGreaterThan(0);
    expect(manifests.flatMap((manifest) => schemaProblems(manifest))).toEqual([]);
  });

  test("belongs to the one namespace", () => {
    for (const { kind, metadata } of manifestsOf(file)) {
      expect(kind === "Namespace" ? metadata.name : metadata.namespace).toBe("fc-async");
    }
  });
});

test.each([
  [
    "a misspelt key deep inside",
    (text: string) => text.replace("readOnlyRootFilesystem", "readonlyRootFilesystem"),
    "unknown key",
  ],
  [
    "a key at the wrong place",
    (text: string) => text.replace("replicas: 1", "replica: 1"),
    "unknown key apps/v1/Deployment.spec.replica",
  ],
  ["a text for a number", (text: string) => text.replace("replicas: 1", 'replicas: "one"'), "/spec/replicas"],
  ["a missing selector", (text: string) => text.replace(/ {2}selector:\n.*\n/u, ""), "selector"],
  ["a kind that nobody knows", (text: string) => text.replace("kind: Deployment", "kind: Deploy"), "no schema"],
])("the schemas refuse %s", (_what, spoil, problem) => {
  const spoilt = spoil(readFileSync(new URL("deployment.yaml", FOLDER), "utf8"));
  const manifest: Manifest = parse(spoilt);
  expect(schemaProblems(manifest).join("\n")).toContain(problem);
});

test("what refers to something finds it", () => {
  expect(pod.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels);
  for (const file of [
    "service.yaml",
    "pod-disruption-budget.yaml",
    "network-policy.yaml",
    "optional/service-monitor.yaml",
  ]) {
    const { kind, spec = {} } = only(file);
    const { matchLabels } = deployment.spec.selector;
    const selector = { matchLabels };
    const expected = kind === "NetworkPolicy" ? { podSelector: selector } : { selector };
    expect(spec).toMatchObject(kind === "Service" ? { selector: matchLabels } : expected);
  }
  expect(pod.spec.serviceAccountName).toBe(only("service-account.yaml").metadata.name);
  expect(pod.spec.volumes.map(({ configMap }) => configMap?.name)).toContain(only("config-map.yaml").metadata.name);
  expect(pod.spec.volumes.map(({ secret }) => secret?.secretName)).toContain(
    only("optional/secret.example.yaml").metadata.name,
  );
  expect(container?.volumeMounts.map(({ name }) => name)).toEqual(pod.spec.volumes.map(({ name }) => name));
  expect(container?.ports).toEqual([{ name: "http", containerPort: 10_406 }]);
});

test("the container may do nothing but read, as somebody without a name", () => {
  expect(pod.spec).toMatchObject({
    automountServiceAccountToken: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65_532,
      runAsGroup: 65_532,
      seccompProfile: { type: "RuntimeDefault" },
    },
  });
  expect(container).toMatchObject({
    livenessProbe: { httpGet: { path: "/-/healthy", port: "http" } },
    readinessProbe: { httpGet: { path: "/-/ready", port: "http" } },
    resources: { requests: { memory: expect.any(String) }, limits: { memory: expect.any(String) } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
  });
  expect(container?.image).not.toMatch(/:latest$|^[^:]+$/u);
});

test("the configuration of the ConfigMap is right, and at the place where the container reads it", () => {
  const { data = {} } = only("config-map.yaml");
  const mounted = container?.volumeMounts.find(({ name }) => name === "config")?.mountPath;
  const [name = "", text = ""] = Object.entries(data)[0] ?? [];
  expect(container?.args[0]).toBe(`--config.file=${mounted}/${name}`);
  const config = readConfig(text, { fileName: name, env: {} });
  expect(config.accounts).toMatchObject([{ alias: "prod", regions: ["cn-hangzhou", "cn-shanghai"] }]);
  const keys = container?.volumeMounts.find(({ name: volume }) => volume === "keys")?.mountPath;
  const secret = only("optional/secret.example.yaml");
  expect(Object.keys(secret.stringData ?? {}).map((key) => `${keys}/${key}`)).toEqual([
    "/etc/fc-async/keys/access-key-id",
    "/etc/fc-async/keys/access-key-secret",
  ]);
  expect(config.accounts[0]?.credentials).toEqual({
    type: "static",
    accessKeyId: { file: "/etc/fc-async/keys/access-key-id" },
    accessKeySecret: { file: "/etc/fc-async/keys/access-key-secret" },
    securityToken: undefined,
  });
});

test("the service account of RRSA is the one of the trust policy", () => {
  const policy = readFileSync(new URL("../ram/trust-policy-rrsa.json", import.meta.url), "utf8");
  const { name, namespace } = only("service-account.yaml").metadata;
  expect(policy).toContain(`"system:serviceaccount:${namespace}:${name}"`);
});

test("the rules of the operator are those of the file for Prometheus", () => {
  const rules: object = parse(
    readFileSync(new URL("../prometheus/rules/fc-async.rules.yaml", import.meta.url), "utf8"),
  );
  expect(only("optional/prometheus-rule.yaml").spec).toEqual(rules);
});
