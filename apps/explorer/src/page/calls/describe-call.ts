import { counted } from "../text/counted.ts";
import type { Call } from "./call.ts";

/** How a call ended, in a sentence for who cannot see it. */
export function describeCall({ end, kind, rows, pages, nextToken }: Omit<Call, "id">): string {
  switch (end.kind) {
    case "complete": {
      if (kind === "list") return `The whole list: ${counted(rows.length, "row")} on ${counted(pages, "page")}.`;
      return `${counted(rows.length, "row")}. ${nextToken === undefined ? "The end of the list." : "More pages follow."}`;
    }
    case "cancelled":
      return `Cancelled after ${counted(pages, "page")}.`;
    case "refused":
      return `Refused: ${end.refusal.status} ${end.refusal.code ?? ""}. ${end.refusal.nextStep}`;
    case "unreadable":
      return end.message;
    default:
      return end.failure.message;
  }
}
