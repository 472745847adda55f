/** The parts of the page's right side, in their order. */
export const VIEWS = ["result", "sign", "samples", "errors", "permissions"] as const;

export type View = (typeof VIEWS)[number];

/** What the fragment of the address selects. */
export interface Route {
  readonly view: View;
  /** Within the view: the sample's id, the error's row. `undefined` for its own choice. */
  readonly detail: string | undefined;
}

const START: Route = { view: "result", detail: undefined };

/** Reads `#samples/python`. Anything unknown is the result. */
export function readRoute(hash: string): Route {
  const [name = "", ...rest] = hash.replace(/^#/, "").split("/");
  const view = VIEWS.find((candidate) => candidate === name);
  if (view === undefined) return START;
  return { view, detail: rest.length === 0 ? undefined : rest.join("/") };
}

/** The fragment of a route, `#` included. */
export function routeHash({ view, detail }: Route): string {
  return detail === undefined ? `#${view}` : `#${view}/${detail}`;
}
