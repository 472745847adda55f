import type { YieldToLoop } from "../yield-to-loop.ts";
import type { ServiceRows } from "./snapshot.ts";
import { sortInSlices } from "./sort-in-slices.ts";

/** The rows of one service as they arrive. */
export interface ArrivingService {
  readonly serviceName: string;
  /** What an earlier list said of the service, without rows when it said nothing. */
  readonly known: ServiceRows;
  /** So many of its first rows have come, in its order, and nothing else: then nothing is held here. `undefined` once another came. */
  matchedRows: number | undefined;
  /** Where in the known rows the next name is looked for. */
  knownRow: number;
  /** Columns, in the order of their coming. */
  functionNames: string[];
  qualifiers: string[];
  /** Every row came after the one before it in the order of a snapshot, as the service sends them: then they are done. */
  isInOrder: boolean;
  /** Distinct function names, as long as the rows are in order. */
  functionCount: number;
}

/** Most functions are listed under one qualifier; a set for each of them would multiply what a row takes. */
type Qualifiers = string | Set<string>;

const ROWS_PER_SLICE = 4096;

/** Without rows. */
export function arrivingService(serviceName: string, known: ServiceRows | undefined): ArrivingService {
  return {
    serviceName,
    known: known ?? { serviceName, functionNames: [], qualifiers: [], functionCount: 0 },
    matchedRows: 0,
    knownRow: 0,
    functionNames: [],
    qualifiers: [],
    isInOrder: true,
    functionCount: 0,
  };
}

/**
 * Adds a row that has come. The same row once more may be left out here or later. A name that is known is kept as the text that is
 * held already: the new one is gone with its page, before it has cost the memory anything.
 */
export function addArrived(service: ArrivingService, functionName: string, qualifier: string): void {
  const { known, matchedRows } = service;
  if (matchedRows !== undefined) {
    if (isRow(known, matchedRows, functionName, qualifier)) {
      service.matchedRows = matchedRows + 1;
      return;
    }
    // The last one once more, as at the edge of two pages.
    if (isRow(known, matchedRows - 1, functionName, qualifier)) return;
    holdMatched(service, matchedRows);
  }
  const { functionNames, qualifiers } = service;
  const lastName = functionNames.at(-1);
  if (lastName === functionName) {
    const lastQualifier = qualifiers.at(-1) ?? "";
    if (lastQualifier === qualifier) return;
    if (lastQualifier > qualifier) service.isInOrder = false;
    functionNames.push(lastName);
  } else {
    service.functionCount += 1;
    if (lastName !== undefined && lastName > functionName) service.isInOrder = false;
    functionNames.push(knownText(service, functionName));
  }
  qualifiers.push(qualifier);
}

function isRow({ functionNames, qualifiers }: ServiceRows, row: number, name: string, qualifier: string): boolean {
  return functionNames[row] === name && qualifiers[row] === qualifier;
}

/** From now on the rows are those of no other list. */
function holdMatched(service: ArrivingService, matchedRows: number): void {
  const { known } = service;
  service.matchedRows = undefined;
  service.knownRow = matchedRows;
  service.functionNames = known.functionNames.slice(0, matchedRows);
  service.qualifiers = known.qualifiers.slice(0, matchedRows);
  service.functionCount = matchedRows === known.functionNames.length ? known.functionCount : distinct(service);
}

/** Of names that stand together when they are equal. */
function distinct({ functionNames }: ArrivingService): number {
  return functionNames.reduce((count, name, row) => (name === functionNames[row - 1] ? count : count + 1), 0);
}

/** Names that come in order find theirs in one pass over the known ones; others find it or do not. */
function knownText(service: ArrivingService, functionName: string): string {
  const { functionNames } = service.known;
  while ((functionNames[service.knownRow] ?? functionName) < functionName) service.knownRow += 1;
  const known = functionNames[service.knownRow];
  return known === functionName ? known : functionName;
}

/**
 * The rows in the order of a snapshot, each once: the very object that is known when it says the same. Rows that came in order are only
 * copied, without the room that growing arrays keep; others are sorted in slices that let the event loop run.
 */
export async function inOrder(service: ArrivingService, yieldToLoop: YieldToLoop): Promise<ServiceRows> {
  const { serviceName, known, matchedRows } = service;
  if (matchedRows !== undefined) {
    if (matchedRows === known.functionNames.length) return known;
    holdMatched(service, matchedRows);
  }
  const { functionNames, qualifiers, functionCount } = service;
  if (service.isInOrder) {
    return { serviceName, functionNames: functionNames.slice(), qualifiers: qualifiers.slice(), functionCount };
  }
  const pause = everyRows(ROWS_PER_SLICE, yieldToLoop);
  const functions = new Map<string, Qualifiers>();
  for (const [row, functionName] of functionNames.entries()) {
    addQualifier(functions, functionName, qualifiers[row] ?? "");
    const paused = pause();
    if (paused !== undefined) await paused;
  }
  const sorted = await sortInSlices([...functions.keys()], yieldToLoop);
  return columnsOf(serviceName, sorted, functions, pause);
}

function addQualifier(functions: Map<string, Qualifiers>, functionName: string, qualifier: string): void {
  const known = functions.get(functionName);
  if (known === undefined) functions.set(functionName, qualifier);
  else if (typeof known !== "string") known.add(qualifier);
  else if (known !== qualifier) functions.set(functionName, new Set([known, qualifier]));
}

/** Yields after so many calls. */
function everyRows(rows: number, yieldToLoop: YieldToLoop): () => Promise<void> | undefined {
  let since = 0;
  return () => {
    since = (since + 1) % rows;
    return since === 0 ? yieldToLoop() : undefined;
  };
}

async function columnsOf(
  serviceName: string,
  sortedNames: readonly string[],
  functions: ReadonlyMap<string, Qualifiers>,
  pause: () => Promise<void> | undefined,
): Promise<ServiceRows> {
  const functionNames: string[] = [];
  const qualifiers: string[] = [];
  for (const functionName of sortedNames) {
    const known = functions.get(functionName) ?? "";
    for (const qualifier of typeof known === "string" ? [known] : [...known].toSorted()) {
      functionNames.push(functionName);
      qualifiers.push(qualifier);
    }
    const paused = pause();
    if (paused !== undefined) await paused;
  }
  return { serviceName, functionNames, qualifiers, functionCount: functions.size };
}
