import { CATALOGUE, hasTargetLabels } from "../catalogue/catalogue.ts";
import { TARGET_LABEL_NAMES } from "../catalogue/metric.ts";
import { labelText } from "../encode/sample-text.ts";
import type { FamilyRows } from "../encode/sample-text.ts";
import type { TargetExposition } from "../exposition.ts";

/**
 * The families of a target, ready to be written.
 *
 * @throws TypeError when a name occurs twice or is not a target's family of the catalogue: compiled callers cannot get
 * the second wrong, and the first would lose the whole scrape in some readers.
 */
export function targetFamilies({ labels, families }: TargetExposition): readonly FamilyRows[] {
  const leadingLabels = labelText(TARGET_LABEL_NAMES, { ...labels });
  const seen = new Set<string>();
  return families.map(({ name, samples }) => {
    const metric = CATALOGUE.get(name);
    if (metric === undefined || !hasTargetLabels(metric)) {
      throw new TypeError(`${name} is no family of a target. Take a name from the catalogue, or hand it over as self.`);
    }
    if (seen.has(name)) {
      throw new TypeError(`${name} occurs twice for one target. Put all its samples into one family.`);
    }
    seen.add(name);
    return { name, metric, labelNames: metric.labels, leadingLabels, samples };
  });
}
