/** What stands in the place of the token. */
export type TokenSpelling = { readonly token: string } | "absent" | "null";

/** The body of a page. The last one has an empty token, present: so the vendor's integration tests of a sibling operation assert. */
export function pageJson(dataJson: string, spelling: TokenSpelling): string {
  if (spelling === "absent") return `{"data":${dataJson}}`;
  const token = spelling === "null" ? "null" : JSON.stringify(spelling.token);
  return `{"data":${dataJson},"nextToken":${token}}`;
}
