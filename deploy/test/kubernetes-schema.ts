import { PrometheusRule, ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import { Deployment } from "kubernetes-models/apps/v1";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Namespace, Secret, Service, ServiceAccount } from "kubernetes-models/v1";

/** A parsed manifest. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** Validators made from the API's own OpenAPI schemas, by version and kind. */
const MODELS = new Map<string, { prototype: { validate(): void } }>(
  [
    ConfigMap,
    Deployment,
    Namespace,
    NetworkPolicy,
    PodDisruptionBudget,
    PrometheusRule,
    Secret,
    Service,
    ServiceAccount,
    ServiceMonitor,
  ].map((model) => [`${model.apiVersion}/${model.kind}`, model]),
);

/**
 * What the schema of a manifest's kind says against it: wrong types, missing and unknown keys. The validators let unknown keys
 * pass, as an API server does without `fieldValidation: Strict`; they never look at them, and that gives a misspelt key away.
 */
export function schemaProblems(manifest: Manifest): readonly string[] {
  const kind = `${manifest.apiVersion}/${manifest.kind}`;
  const model = MODELS.get(kind);
  if (model === undefined) return [`no schema for ${kind}`];
  const seen = new Map<object, Set<string>>();
  try {
    model.prototype.validate.call(watched(manifest, seen));
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  return unseenKeys(manifest, seen, kind);
}

/** Notes which keys of a value, and of the values in it, are read. */
function watched<Value extends object>(value: Value, seen: Map<object, Set<string>>): Value {
  const keys = new Set<string>();
  seen.set(value, keys);
  return new Proxy(value, {
    get(target, key): unknown {
      if (typeof key === "string") keys.add(key);
      const inner: unknown = Reflect.get(target, key);
      return typeof inner === "object" && inner !== null ? watched(inner, seen) : inner;
    },
  });
}

function unseenKeys(value: unknown, seen: ReadonlyMap<object, ReadonlySet<string>>, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    seen.get(value)?.has(key) === true ? unseenKeys(inner, seen, `${path}.${key}`) : [`unknown key ${path}.${key}`],
  );
}
