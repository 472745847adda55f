import { Gauge, Registry } from "prom-client";

/** A prom-client registry with the series of an exposition in the text format, all of them as gauges. Escaped values are refused. */
export function registryOf(exposition: string): Registry {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  for (const line of exposition.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const { name, labels, value } = seriesOf(line);
    let gauge = gauges.get(name);
    if (gauge === undefined) {
      gauge = new Gauge({ name, help: `Help of ${name}.`, labelNames: Object.keys(labels), registers: [registry] });
      gauges.set(name, gauge);
    }
    gauge.set(labels, value);
  }
  return registry;
}

interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

function seriesOf(line: string): Series {
  const [, name, labelText = "", valueText = ""] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined || labelText.includes("\\")) throw new SyntaxError(`this is no plain series: ${line}`);
  const labels = Object.fromEntries(
    Array.from(labelText.matchAll(/(\w+)="([^"]*)"/g), ([, label = "", value = ""]) => [label, value]),
  );
  return { name, labels, value: Number(valueText.replace("Inf", "Infinity")) };
}
