/** Characters that draw nothing or change how others are drawn: controls, bidi marks and overrides, zero-width ones, blank Braille. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/**
 * Makes text from outside fit to be looked at: invisible and direction-changing characters go, and what is longer than
 * `maxCharacters` code points ends with `…`. Never empty: Slack refuses a message with one empty cell.
 */
export function displayText(text: string, maxCharacters: number): string {
  const visible = text.toWellFormed().replaceAll(INVISIBLE, "").trim();
  if (visible === "") return "(unprintable)";
  if (visible.length <= maxCharacters) return visible;
  const characters = Array.from(visible);
  return characters.length <= maxCharacters ? visible : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}
