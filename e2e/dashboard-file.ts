import { readFile } from "node:fs/promises";
import { z } from "zod";

const Target = z.object({
  expr: z.string(),
  refId: z.string(),
  legendFormat: z.string().optional(),
  instant: z.boolean().optional(),
  range: z.boolean().optional(),
});
const Step = z.object({ value: z.number().nullable(), color: z.string() });
const Panel = z.object({
  type: z.enum(["stat", "timeseries", "table", "state-timeline", "heatmap"]),
  title: z.string(),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z.array(Target),
  transformations: z.array(z.object({ id: z.string(), options: z.record(z.string(), z.unknown()) })).optional(),
  options: z.object({
    legend: z.object({ placement: z.string().optional() }).optional(),
    textMode: z.string().optional(),
    sortBy: z.array(z.object({ displayName: z.string() })).optional(),
  }),
  fieldConfig: z.object({
    defaults: z.object({
      unit: z.string(),
      thresholds: z.object({ steps: z.array(Step) }).optional(),
      mappings: z
        .array(z.object({ options: z.record(z.string(), z.object({ text: z.string(), color: z.string() })) }))
        .optional(),
      custom: z.object({ stacking: z.object({ mode: z.string() }).optional() }).optional(),
    }),
    overrides: z.array(z.object({ matcher: z.object({ options: z.unknown() }) })).optional(),
  }),
});
const Dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  templating: z.object({
    list: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        query: z.string(),
        label: z.string(),
        allValue: z.string().optional(),
      }),
    ),
  }),
  annotations: z.object({
    list: z.array(z.object({ name: z.string(), iconColor: z.string(), target: Target.optional() })).optional(),
  }),
  panels: z.array(Panel),
});

/** What is read here of a checked-in dashboard. */
export type DashboardFile = z.infer<typeof Dashboard>;
export type DashboardPanel = z.infer<typeof Panel>;
export type DashboardTarget = z.infer<typeof Target>;

const FOLDER = new URL("../deploy/grafana/dashboards/", import.meta.url);

/** Names of the checked-in dashboards, without `.json`. */
export const DASHBOARD_UIDS = ["fc-async-overview", "fc-async-exporter"] as const;

/** Reads a dashboard as Grafana would: from its file. */
export async function readDashboard(uid: (typeof DASHBOARD_UIDS)[number]): Promise<DashboardFile> {
  return Dashboard.parse(JSON.parse(await readFile(new URL(`${uid}.json`, FOLDER), "utf8")));
}

/**
 * A query with the dashboard's variables filled in as Grafana does at first: everything chosen.
 *
 * @param rateInterval - What Grafana makes of the scrape interval and the width of the graph, such as `10s`.
 */
export function filledIn({ templating }: DashboardFile, text: string, rateInterval: string): string {
  const withAll = templating.list.reduce(
    (filled, { name, allValue = "" }) => filled.replaceAll(`$${name}`, () => allValue),
    text,
  );
  return withAll.replaceAll("$__rate_interval", rateInterval);
}
