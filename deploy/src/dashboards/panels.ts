import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphGradientMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TableSortByFieldStateBuilder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type DataTransformerConfig,
  type DynamicConfigValue,
  type ValueMap,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as Heatmap, YAxisConfigBuilder } from "@grafana/grafana-foundation-sdk/heatmap";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as Stat } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StateTimeline } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeries } from "@grafana/grafana-foundation-sdk/timeseries";
import { DATA_SOURCE } from "./variables.ts";

/** One query of a panel. */
export interface PanelQuery {
  /** PromQL, with the dashboard's variables. */
  readonly expression: string;
  /** How its series are called: a template such as `{{reason}}`. */
  readonly legend?: string;
}

/** What every panel has. The grid has 24 columns. */
export interface PanelFrame {
  readonly title: string;
  readonly description: string;
  /** One of Grafana's units: `s`, `short`, `bytes`, `reqps`. */
  readonly unit: string;
  readonly width: number;
  readonly height: number;
  readonly queries: readonly PanelQuery[];
}

/** From a value on, a colour; the first one has no value. */
export type Steps = readonly { readonly from: number | null; readonly color: string }[];

/** A number that is best as it is: nothing to warn of. */
const NEUTRAL: Steps = [{ from: null, color: "blue" }];

/** From here on a legend has room beside the graph. */
const WIDE_COLUMNS = 12;

type AnyPanel = Stat | TimeSeries | Table | StateTimeline | Heatmap;

function framed<Builder extends AnyPanel>(builder: Builder, frame: PanelFrame): Builder {
  const { title, description, unit, width, height } = frame;
  builder.title(title).description(description).datasource(DATA_SOURCE).unit(unit).span(width).height(height);
  return builder;
}

function queryOf({ expression, legend }: PanelQuery, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .expr(expression)
    .refId(String.fromCodePoint(65 + index))
    .datasource(DATA_SOURCE);
  return legend === undefined ? query : query.legendFormat(legend);
}

function stepsOf(steps: Steps): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(({ from, color }) => ({ value: from, color })));
}

/** What a value means. */
export interface State {
  readonly value: number;
  readonly text: string;
  readonly color: string;
}

function mappingsOf(states: readonly State[]): ValueMap[] {
  const options = states.map(({ value, text, color }, index) => [String(value), { text, color, index }]);
  return [{ type: MappingType.ValueToText, options: Object.fromEntries(options) }];
}

/** One number as of the end of the time range, or the word for it; with `showsName` each of a few with its name. */
export function statPanel(
  frame: PanelFrame & { readonly steps?: Steps; readonly states?: readonly State[]; readonly showsName?: boolean },
): Stat {
  const { steps = NEUTRAL, states = [], queries, showsName = false } = frame;
  const panel = framed(new Stat(), frame)
    .colorMode(showsName ? BigValueColorMode.None : BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .textMode(showsName ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]).values(false))
    .thresholds(stepsOf(steps))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .targets(queries.map((query, index) => queryOf(query, index).instant()));
  return states.length === 0 ? panel : panel.mappings(mappingsOf(states));
}

/** Lines over time. `stacked` where the sum is what matters. */
export function timeSeriesPanel(frame: PanelFrame & { readonly isStacked?: boolean }): TimeSeries {
  const { queries, isStacked = false } = frame;
  const isWide = frame.width >= WIDE_COLUMNS;
  return framed(new TimeSeries(), frame)
    .min(0)
    .lineWidth(isStacked ? 1 : 2)
    .fillOpacity(isStacked ? 40 : 0)
    .gradientMode(GraphGradientMode.None)
    .showPoints(VisibilityMode.Never)
    .stacking(new StackingConfigBuilder().mode(isStacked ? StackingMode.Normal : StackingMode.None))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(isWide ? LegendDisplayMode.Table : LegendDisplayMode.List)
        .placement(isWide ? LegendPlacement.Right : LegendPlacement.Bottom)
        .calcs(["lastNotNull"]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .targets(queries.map((query, index) => queryOf(query, index).range()));
}

/** A column of a table: the label or `Value #A` of the query, and its heading. */
export interface Column {
  readonly field: string;
  readonly heading: string;
  /** A number that shows whether it is above or below 0. */
  readonly isChange?: boolean;
}

/** Rows as of the end of the time range, one per series; what several queries say of one series stands in one row. */
export function tablePanel(
  frame: PanelFrame & { readonly columns: readonly Column[]; readonly sortedBy?: string; readonly noRows: string },
): Table {
  const { columns, queries, sortedBy, noRows } = frame;
  const shown = new Set(columns.map(({ field }) => field));
  const panel = framed(new Table(), frame)
    .filterable(true)
    .noValue(noRows)
    .targets(queries.map((query, index) => queryOf(query, index).instant().format(PromQueryFormat.Table)))
    .transformations(tableTransformations(columns, shown));
  for (const { heading } of columns.filter(({ isChange }) => isChange === true)) {
    panel.overrideByName(heading, CHANGE_PROPERTIES);
  }
  if (sortedBy !== undefined) panel.sortBy([new TableSortByFieldStateBuilder().displayName(sortedBy).desc(true)]);
  return panel;
}

const CHANGE_PROPERTIES: DynamicConfigValue[] = [
  { id: "custom.cellOptions", value: { type: "color-text" } },
  {
    id: "thresholds",
    value: {
      mode: "absolute",
      steps: [
        { value: null, color: "red" },
        { value: 0, color: "text" },
        { value: 1, color: "green" },
      ],
    },
  },
];

function tableTransformations(columns: readonly Column[], shown: ReadonlySet<string>): DataTransformerConfig[] {
  // `merge` makes one row of what several queries say of the same labels; one query's value is then called `Value`.
  const hidden = ["Time", "Value"].filter((field) => !shown.has(field));
  return [
    { id: "merge", options: {} },
    {
      id: "organize",
      options: {
        excludeByName: Object.fromEntries(hidden.map((field) => [field, true])),
        indexByName: Object.fromEntries(columns.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(columns.map(({ field, heading }) => [field, heading])),
      },
    },
  ];
}

/** A band for each series, coloured by its state. */
export function stateTimelinePanel(frame: PanelFrame & { readonly states: readonly State[] }): StateTimeline {
  const { queries, states } = frame;
  return framed(new StateTimeline(), frame)
    .mergeValues(true)
    .showValue(VisibilityMode.Never)
    .rowHeight(0.85)
    .lineWidth(0)
    .fillOpacity(80)
    .mappings(mappingsOf(states))
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom),
    )
    .targets(queries.map((query, index) => queryOf(query, index).range()));
}

/** How many observations fell into each bucket of a histogram, over time. */
export function heatmapPanel(frame: PanelFrame): Heatmap {
  const { queries, unit } = frame;
  return framed(new Heatmap(), frame)
    .calculate(false)
    .yAxis(new YAxisConfigBuilder().unit(unit))
    .targets(queries.map((query, index) => queryOf(query, index).range().format(PromQueryFormat.Heatmap)));
}
