import type { Page } from "./page.ts";

/** The rows of a list of pages, one after the other. */
export async function* items<Row>(pages: AsyncIterable<Page<Row>>): AsyncGenerator<Row, void, undefined> {
  for await (const page of pages) yield* page.rows;
}
