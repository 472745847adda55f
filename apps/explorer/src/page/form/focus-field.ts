import type { FieldName } from "../../request/explorer-request.ts";

/** The id of a field's input. */
export function fieldId(name: FieldName): string {
  return `field-${name}`;
}

/** Puts the cursor into a field, opening the group it is folded in. */
export function focusField(name: FieldName): void {
  const input = document.getElementById(fieldId(name));
  if (input === null) return;
  const group = input.closest("details");
  if (group !== null) group.open = true;
  input.focus({ preventScroll: true });
  // With its words, and what is wrong with it, which may not be laid out yet.
  requestAnimationFrame(() => input.closest(".field")?.scrollIntoView({ block: "nearest" }));
}
