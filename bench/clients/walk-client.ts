/** A row as it is read; the vendor's SDK types all of it as optional. */
export interface CountedRow {
  readonly serviceName?: string | undefined;
  readonly functionName?: string | undefined;
  readonly qualifier?: string | undefined;
}

/** Takes the rows of one page. */
export type CountRows = (rows: readonly CountedRow[]) => void;

/** One way to read the whole list. Connections are kept from walk to walk. */
export type Walk = (count: CountRows) => Promise<void>;

/** Makes a walk of the list behind `origin`, such as `http://127.0.0.1:8080`. */
export type CreateWalk = (origin: string) => Walk;
