/** Decides about one name. */
export type NamePattern = (name: string) => boolean;

/**
 * A name that is exactly this text, or a glob in which `*` stands for any characters. Linear in the length of the name for
 * each star: a pattern from a stranger cannot make it slow, as a regular expression could be.
 */
export function namePattern(text: string): NamePattern {
  if (!text.includes("*")) return (name) => name === text;
  const parts = text.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const middle = parts.slice(1, -1).filter((part) => part !== "");
  return (name) => {
    if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
    let from = first.length;
    const end = name.length - last.length;
    for (const part of middle) {
      const at = name.indexOf(part, from);
      if (at === -1 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}
