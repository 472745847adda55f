/** The two versions in which the operation exists. */
export type ApiVersion = "2021-04-06" | "2016-08-15";

const OPERATION = "stateful-async-invocation-functions";

const VERSION_BY_PATH: ReadonlyMap<string, ApiVersion> = new Map([
  [`/2021-04-06/${OPERATION}`, "2021-04-06"],
  [`/2016-08-15/${OPERATION}`, "2016-08-15"],
]);

/** The API version whose operation a path names, compared byte for byte. */
export function operationAt(path: string): ApiVersion | undefined {
  return VERSION_BY_PATH.get(path);
}
