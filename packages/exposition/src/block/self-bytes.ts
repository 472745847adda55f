import { CATALOGUE, hasTargetLabels, labelNamesOf } from "../catalogue/catalogue.ts";
import type { ExpositionFormat } from "../encode/exposition-format.ts";
import { sampleText } from "../encode/sample-text.ts";
import type { AnySample } from "../encode/sample-text.ts";
import type { SelfFamily } from "../exposition.ts";
import type { TargetBlocks } from "./block.ts";
import { concatBytes } from "./bytes.ts";
import { HEADER_BYTES } from "./header-bytes.ts";

/** OpenMetrics: a body that does not end so was cut, and the server refuses it. */
const END_OF_EXPOSITION: Readonly<Record<ExpositionFormat, string>> = { text: "", openmetrics: "# EOF\n" };

/**
 * The samples by family name.
 *
 * @throws TypeError when a name occurs twice or is not in the catalogue.
 */
export function selfSamples(self: readonly SelfFamily[]): ReadonlyMap<string, Iterable<AnySample>> {
  const samplesByName = new Map<string, Iterable<AnySample>>();
  for (const { name, samples } of self) {
    if (!CATALOGUE.has(name)) {
      throw new TypeError(`${name} is not in the catalogue of metrics. Add it there first.`);
    }
    if (samplesByName.has(name)) {
      throw new TypeError(`${name} occurs twice among the self metrics. Put all its samples into one family.`);
    }
    samplesByName.set(name, samples);
  }
  return samplesByName;
}

/** The families that both `self` and some target have. */
export function sharedFamilies(
  samplesByName: ReadonlyMap<string, unknown>,
  targets: readonly TargetBlocks[],
): ReadonlySet<string> {
  const shared = new Set<string>();
  for (const name of samplesByName.keys()) {
    const metric = CATALOGUE.get(name);
    // Most self metrics can be no target's: hundreds of targets need not be asked at every scrape.
    if (metric !== undefined && hasTargetLabels(metric) && targets.some(({ blocks }) => blocks.has(name))) {
      shared.add(name);
    }
  }
  return shared;
}

/**
 * The end of the body: the families of `self`, each of the shared ones with the blocks of the targets before its own
 * samples (a family that stood in two places would be refused), then the end mark.
 */
export function selfBytes(
  samplesByName: ReadonlyMap<string, Iterable<AnySample>>,
  shared: ReadonlySet<string>,
  targets: readonly TargetBlocks[],
  format: ExpositionFormat,
): Uint8Array {
  const encoder = new TextEncoder();
  const written: Uint8Array[] = [];
  for (const [name, metric] of CATALOGUE) {
    const samples = samplesByName.get(name);
    const header = HEADER_BYTES[format].get(name);
    if (samples === undefined || header === undefined) {
      continue;
    }
    const slices = shared.has(name) ? targets.flatMap(({ blocks }) => blocks.get(name)?.slices ?? []) : [];
    const rows = { name, metric, labelNames: labelNamesOf(metric), leadingLabels: "", samples };
    const own = Array.from(sampleText(rows, Infinity), (text) => encoder.encode(text));
    if (slices.length + own.length > 0) {
      written.push(header, ...slices.map(({ bytes }) => bytes), ...own);
    }
  }
  written.push(encoder.encode(END_OF_EXPOSITION[format]));
  return concatBytes(written);
}
