import { editDistance } from "./edit-distance.ts";

/** The name that was meant by a mistyped one: the closest of those a few typing mistakes away. */
export function closestName(written: string, names: readonly string[]): string | undefined {
  let closest: { readonly name: string; readonly distance: number } | undefined;
  for (const name of names) {
    const distance = editDistance(written, name, Math.max(2, Math.floor(name.length / 4)));
    if (distance !== undefined && distance < (closest?.distance ?? Infinity)) closest = { name, distance };
  }
  return closest?.name;
}
