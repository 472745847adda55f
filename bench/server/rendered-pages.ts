import { LIMIT } from "../clients/account.ts";

/** Pages with rows of their own; later pages of a longer list show the rows of these again. */
const DISTINCT_PAGES = 1_000;
const PAGES_PER_SERVICE = 20;
/** Real tokens are opaque and hold characters that must be encoded. */
const TOKEN_PREFIX = "c2VydmljZS8wMDA+/";

export interface RenderedPagesOptions {
  /** The first row of the list is another one each time its first page is asked for. Default: it stays. */
  readonly changing?: boolean | undefined;
}

/** The list of a server, rendered in advance: what is left for a request is to join a few pieces. */
export interface RenderedPages {
  /** The whole answer, head and body, to a request whose first line is `requestLine`. */
  answer(requestLine: string): Buffer;
}

/** Renders a list of `pageCount` pages of 100 rows, some 11 kB each. */
export function renderPages(pageCount: number, { changing = false }: RenderedPagesOptions = {}): RenderedPages {
  const pages = Array.from({ length: Math.min(pageCount, DISTINCT_PAGES) }, (_, page) => Buffer.from(bodyStart(page)));
  const afterFirstRow = Buffer.from(`,${rowsText(0, 1)}`);
  let firstPages = 0;

  function start(page: number): Buffer | undefined {
    if (!changing || page > 0) return pages[page % DISTINCT_PAGES];
    firstPages += 1;
    // In the order of the list, as the service keeps it.
    const name = `handle-order-event-00000000-${firstPages}`;
    return Buffer.concat([Buffer.from(`{"data":[${rowText(0, name)}`), afterFirstRow]);
  }

  return {
    answer(requestLine) {
      const [, encoded] = /[?&]nextToken=([^& ]+)/.exec(requestLine) ?? [];
      const index = encoded === undefined ? 0 : Number(decodeURIComponent(encoded).slice(TOKEN_PREFIX.length, -2));
      const body = start(index);
      if (body === undefined) throw new RangeError(`no page for ${requestLine}`);
      const nextToken = index + 1 < pageCount ? `${TOKEN_PREFIX}${index + 1}==` : "";
      const tail = `],"nextToken":"${nextToken}"}`;
      const head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\n" +
        "X-Fc-Request-Id: 6e2f1b7c-0000-4000-8000-000000000000\r\n" +
        `Content-Length: ${body.length + tail.length}\r\n\r\n`;
      return Buffer.concat([Buffer.from(head, "latin1"), body, Buffer.from(tail, "latin1")]);
    },
  };
}

function bodyStart(page: number): string {
  return `{"data":[${rowsText(page, 0)}`;
}

function rowsText(page: number, firstRow: number): string {
  const rows = Array.from({ length: LIMIT - firstRow }, (_, row) => page * LIMIT + firstRow + row);
  return rows.map((row) => rowText(page, `handle-order-event-${String(row).padStart(8, "0")}`)).join(",");
}

function rowText(page: number, functionName: string): string {
  const serviceName = `order-processing-${String(Math.floor(page / PAGES_PER_SERVICE)).padStart(3, "0")}`;
  return JSON.stringify({ serviceName, functionName, qualifier: "LATEST" });
}
