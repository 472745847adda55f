const START = "<!-- bench:start -->";
const END = "<!-- bench:end -->";

/**
 * Puts `text` between the markers of a document in place of what stood there.
 *
 * @throws {RangeError} when the document does not hold both markers, in this order.
 */
export function betweenMarkers(document: string, text: string): string {
  const start = document.indexOf(START);
  const end = document.indexOf(END, start);
  if (start === -1 || end === -1) throw new RangeError(`the document does not hold ${START} and then ${END}`);
  return `${document.slice(0, start + START.length)}\n\n${text}\n\n${document.slice(end)}`;
}
