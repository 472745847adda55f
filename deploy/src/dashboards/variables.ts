import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { SERVICE_NAME } from "../promql/labels.ts";
import { series } from "../promql/selector.ts";
import { CHOSEN_EXPORTERS, CHOSEN_TARGETS } from "./selection.ts";

/** The data source that the reader chose. */
export const DATA_SOURCE: { readonly type: string; readonly uid: string } = {
  type: "prometheus",
  uid: "${datasource}",
};

const dataSource = (): DatasourceVariableBuilder =>
  new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus");

/** A list of a label's values, all of them chosen at first. */
function choice(name: string, label: string, selector: string): QueryVariableBuilder {
  const query = `label_values(${selector}, ${name})`;
  return (
    new QueryVariableBuilder(name)
      .label(label)
      .datasource(DATA_SOURCE)
      .query(query)
      .definition(query)
      .refresh(VariableRefresh.OnTimeRangeChanged)
      // eslint-disable-next-line unicorn/no-array-sort -- a setter of the builder, which is no array
      .sort(VariableSort.NaturalAsc)
      .multi(true)
      .includeAll(true)
      // Not `.*`, which would also select series without the label.
      .allValue(".+")
      .current({ text: "All", value: "$__all" })
  );
}

/** Variables of every dashboard: where the data is, which exporters, which accounts and regions. */
export function commonVariables(): readonly (DatasourceVariableBuilder | QueryVariableBuilder)[] {
  const health = "aliyun_fc_async_task_up";
  const [job, instance, account] = CHOSEN_TARGETS;
  return [
    dataSource(),
    choice("job", "Job", series("aliyun_fc_exporter_build_info")),
    choice("instance", "Instance", series("aliyun_fc_exporter_build_info", job)),
    choice("account_id", "Account", series(health, job, instance)),
    choice("region_id", "Region", series(health, ...CHOSEN_EXPORTERS, account)),
  ];
}

/** The services of the targets chosen. */
export function serviceVariable(): QueryVariableBuilder {
  return choice(SERVICE_NAME, "Service", series("aliyun_fc_async_task_functions", ...CHOSEN_TARGETS));
}
