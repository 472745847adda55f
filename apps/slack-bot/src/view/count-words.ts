import { numberText } from "./markup.ts";

/** `1 function`, `1,234 functions` */
export function countWords(count: number, singular: string, plural: string = `${singular}s`): string {
  return `${numberText(count)} ${count === 1 ? singular : plural}`;
}

/** Starts a sentence with it. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
