import { statPanel, type PanelFrame } from "./panels.ts";
import { chosen } from "./selection.ts";

const STALE_SECONDS = 300;
const EXPIRED_SECONDS = 900;

/** The number to look at first, on both dashboards: how old what is shown can be. */
export function oldestListPanel(size: Pick<PanelFrame, "width" | "height">): ReturnType<typeof statPanel> {
  return statPanel({
    ...size,
    title: "Oldest list",
    description: "Age of the oldest list shown. Targets that were never read have no age and are not in here.",
    unit: "s",
    steps: [
      { from: null, color: "green" },
      { from: STALE_SECONDS, color: "orange" },
      { from: EXPIRED_SECONDS, color: "red" },
    ],
    queries: [{ expression: `max(time() - ${chosen("aliyun_fc_async_task_last_success_timestamp_seconds")})` }],
  });
}
