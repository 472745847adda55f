import type { YieldToLoop } from "../yield-to-loop.ts";
import type { ServiceRows } from "./snapshot.ts";
import { sortInSlices } from "./sort-in-slices.ts";

/** The rows of one service as they arrive: columns, in the order of their coming. */
export interface ArrivingService {
  readonly serviceName: string;
  readonly functionNames: string[];
  readonly qualifiers: string[];
  /** Every row came after the one before it in the order of a snapshot, as the service sends them: then they are done. */
  isInOrder: boolean;
  /** Distinct function names, as long as the rows are in order. */
  functionCount: number;
}

/** Most functions are listed under one qualifier; a set for each of them would multiply what a row takes. */
type Qualifiers = string | Set<string>;

const ROWS_PER_SLICE = 4096;

/** Without rows. */
export function arrivingService(serviceName: string): ArrivingService {
  return { serviceName, functionNames: [], qualifiers: [], isInOrder: true, functionCount: 0 };
}

/** Adds a row that has come. The same row once more may be left out here or later. */
export function addArrived(service: ArrivingService, functionName: string, qualifier: string): void {
  const { functionNames, qualifiers } = service;
  const lastName = functionNames.at(-1);
  if (lastName === functionName) {
    const lastQualifier = qualifiers.at(-1) ?? "";
    if (lastQualifier === qualifier) return;
    if (lastQualifier > qualifier) service.isInOrder = false;
  } else {
    service.functionCount += 1;
    if (lastName !== undefined && lastName > functionName) service.isInOrder = false;
  }
  functionNames.push(functionName);
  qualifiers.push(qualifier);
}

/**
 * The rows in the order of a snapshot, each once. Those that came in order are only copied, without the room that growing arrays
 * keep; others are sorted in slices that let the event loop run.
 */
export async function inOrder(service: ArrivingService, yieldToLoop: YieldToLoop): Promise<ServiceRows> {
  const { serviceName, functionNames, qualifiers, isInOrder, functionCount } = service;
  if (isInOrder) {
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
