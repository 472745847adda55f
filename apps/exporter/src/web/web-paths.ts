/** Where the routes are, and under which address people reach them. */
export interface WebPaths {
  /** `/metrics`, under the prefix. */
  readonly telemetryPath: string;
  /** Before every route: empty, or such as `/fc-async`. */
  readonly routePrefix: string;
  /** Before every link of a page: empty, or such as `/fc-async`. Another one than `routePrefix` behind a proxy that cuts it off. */
  readonly linkPrefix: string;
}

/**
 * Places the routes as Prometheus' own programs do: `--web.route-prefix` is where they are, by default the path of
 * `--web.external-url`, which is where people find them.
 */
export function webPaths(flags: {
  readonly telemetryPath: string;
  readonly routePrefix?: string | undefined;
  readonly externalUrl?: URL | undefined;
}): WebPaths {
  const linkPrefix = withoutEnd(flags.externalUrl?.pathname ?? flags.routePrefix ?? "");
  return {
    telemetryPath: flags.telemetryPath,
    routePrefix: flags.routePrefix === undefined ? linkPrefix : withoutEnd(flags.routePrefix),
    linkPrefix,
  };
}

/** `/` is no prefix. */
function withoutEnd(path: string): string {
  return path.replace(/\/+$/u, "");
}
