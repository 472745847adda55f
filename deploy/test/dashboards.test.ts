import { readdirSync, readFileSync } from "node:fs";
import { CATALOGUE } from "@fc-async/exposition";
import { deployDocuments, DASHBOARDS } from "@fc-async/deploy";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/** What Prometheus itself records of each scrape. */
const OF_PROMETHEUS = new Set(["up", "scrape_duration_seconds", "scrape_samples_scraped"]);
const NAME = /(?<![\w$"{.])[a-z_]+(?=\{)/gu;
/** `clockms`-like ids of Grafana that the panels use. */
const UNITS = new Set(["short", "percentunit", "s", "dtdurations", "cps", "reqps", "bytes"]);

type AnyPanel = NonNullable<(typeof DASHBOARDS)[number]["panels"]>[number];
type Panel = Exclude<AnyPanel, { type: "row" }>;

const isPanel = (panel: AnyPanel): panel is Panel => panel.type !== "row";
const targetsOf = (panel: Panel): NonNullable<Panel["targets"]> => panel.targets ?? [];

test("the folder holds the dashboards and nothing else", () => {
  const folder = new URL("../grafana/dashboards/", import.meta.url);
  const made = deployDocuments().map(({ path }) => path.split("grafana/dashboards/")[1]);
  expect(readdirSync(folder).toSorted()).toEqual(made.filter((name) => name !== undefined).toSorted());
});

// The rules of github.com/grafana/dashboard-linter, by their names there.
describe.each(DASHBOARDS.map((dashboard) => [dashboard.title, dashboard] as const))("%s", (_title, dashboard) => {
  const variables = dashboard.templating?.list ?? [];
  const panels = (dashboard.panels ?? []).filter(isPanel);
  const queries = panels.flatMap((panel) =>
    targetsOf(panel).map((target) => ({
      panel: panel.title ?? "",
      expression: String(Reflect.get(target, "expr")),
    })),
  );
  const variable = (name: string) => variables.find((each) => each.name === name);

  test("template-datasource-rule: the data source is chosen by the reader", () => {
    expect(variables[0]).toMatchObject({
      name: "datasource",
      type: "datasource",
      query: "prometheus",
      label: "Data source",
    });
  });

  test.each([
    ["job", "Job"],
    ["instance", "Instance"],
    ["account_id", "Account"],
    ["region_id", "Region"],
  ])(
    "template-job-rule, template-instance-rule, template-on-time-change-reload-rule: %s can be chosen",
    (name, label) => {
      expect(variable(name)).toMatchObject({
        type: "query",
        label,
        datasource: { type: "prometheus", uid: "${datasource}" },
        multi: true,
        includeAll: true,
        allValue: ".+",
        refresh: 2,
      });
    },
  );

  test("template-label-promql-rule: every other variable asks for a label's values", () => {
    const asked = variables.slice(1).map(({ query }) => query);
    expect(asked.length).toBeGreaterThanOrEqual(4);
    for (const query of asked) expect(query).toMatch(/^label_values\([a-z_]+(?:\{[^{}]+\})?, [a-z_]+\)$/u);
  });

  test("panel-datasource-rule: every panel and query uses the chosen data source", () => {
    for (const panel of panels) {
      const chosen = { datasource: { type: "prometheus", uid: "${datasource}" } };
      expect(panel).toMatchObject({ ...chosen, targets: targetsOf(panel).map(() => chosen) });
    }
  });

  test("panel-title-description-rule, panel-no-targets-rule: every panel has a title of its own, a sentence, and a query", () => {
    expect(panels.length).toBeGreaterThan(8);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const panel of panels) {
      expect(panel.title).toMatch(/^[A-Z]/u);
      expect(panel.description).toMatch(/^\S.+\.$/su);
      expect(targetsOf(panel).length).toBeGreaterThan(0);
    }
  });

  test("panel-units-rule: every panel says what its numbers are", () => {
    const units = panels.map((panel) => panel.fieldConfig?.defaults.unit);
    expect(units.filter((unit) => unit === undefined || !UNITS.has(unit))).toEqual([]);
  });

  test("target-job-rule, target-instance-rule: every selector of every query is of the chosen job and instance", () => {
    for (const { panel, expression } of queries) {
      const selectors = expression.match(/\{[^{}]*\}/gu) ?? [];
      expect({ panel, selectors: selectors.length }).not.toEqual({ panel, selectors: 0 });
      for (const selector of selectors) {
        expect(selector, panel).toContain('job=~"$job"');
        expect(selector, panel).toContain('instance=~"$instance"');
      }
    }
  });

  test("target-rate-interval-rule, target-counter-agg-rule: counters are read as rates over $__rate_interval", () => {
    for (const { panel, expression } of queries) {
      for (const [range] of expression.matchAll(/\[[^\]]+\]/gu)) expect(range, panel).toBe("[$__rate_interval]");
      for (const [name] of expression.matchAll(/[a-z_]+_(?:total|bucket)\{/gu)) {
        expect(expression, `${panel}: ${name}`).toMatch(
          new RegExp(String.raw`(?:rate|increase)\(${name.slice(0, -1)}\{`, "u"),
        );
      }
    }
  });

  test("uneditable-dashboard: nobody edits what the next provisioning overwrites", () => {
    expect(dashboard.editable).toBe(false);
  });

  test("every metric is of the catalogue or Prometheus' own", () => {
    const names = queries.flatMap(({ expression }) => expression.match(NAME) ?? []);
    expect(names.length).toBeGreaterThan(10);
    const families = names.map((name) => name.replace(/_bucket$/u, ""));
    expect(families.filter((name) => !CATALOGUE.has(name) && !OF_PROMETHEUS.has(name))).toEqual([]);
  });

  test("panels fill the grid of 24 columns without covering each other", () => {
    const cells = new Set<string>();
    for (const { gridPos } of panels) {
      if (gridPos === undefined) expect.fail("a panel without a place");
      const { x, y, w, h } = gridPos;
      expect(x + w).toBeLessThanOrEqual(24);
      for (let column = x; column < x + w; column += 1) {
        for (let row = y; row < y + h; row += 1) {
          expect(cells.has(`${column} ${row}`), `column ${column}, row ${row}`).toBe(false);
          cells.add(`${column} ${row}`);
        }
      }
    }
    const rows = Math.max(...panels.map(({ gridPos }) => (gridPos?.y ?? 0) + (gridPos?.h ?? 0)));
    expect(cells.size).toBe(24 * rows);
  });
});

test("dashboards have addresses and titles of their own, and link to each other", () => {
  expect(new Set(DASHBOARDS.map(({ uid }) => uid)).size).toBe(DASHBOARDS.length);
  for (const { links, tags } of DASHBOARDS) {
    expect(links).toMatchObject([{ type: "dashboards", tags }]);
  }
});

test("provisioning reads the folder that compose mounts, and does not let dashboards be edited", () => {
  const read = (path: string): unknown =>
    parse(readFileSync(new URL(`../grafana/provisioning/${path}`, import.meta.url), "utf8"));
  expect(read("dashboards/fc-async.yaml")).toMatchObject({
    apiVersion: 1,
    providers: [{ type: "file", allowUiUpdates: false, options: { path: "/var/lib/grafana/dashboards/fc-async" } }],
  });
  expect(read("datasources/prometheus.yaml")).toMatchObject({
    apiVersion: 1,
    datasources: [{ type: "prometheus", url: "${PROMETHEUS_URL}", isDefault: true }],
  });
});
