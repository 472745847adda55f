/** What the bot uses of a slash command's fields. */
export interface SlashCommand {
  /** With the slash. */
  readonly command: string;
  readonly text: string;
  readonly userId: string;
  readonly teamId: string;
  /** Unique for each time a person runs a command; deliveries that share one are duplicates. */
  readonly triggerId: string;
}

const MAX_ID_CHARACTERS = 255;

/**
 * Reads the fields of a slash command, or answers `undefined` when one of them is not what Slack sends: a key that came twice
 * is an array, for one.
 *
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands/
 */
export function readSlashCommand(fields: object): SlashCommand | undefined {
  const byName = new Map<string, unknown>(Object.entries(fields));
  const command = byName.get("command");
  // An empty text is a field like any other to Slack, but form encoders drop it now and then.
  const text = byName.get("text") ?? "";
  const userId = idOf(byName.get("user_id"));
  const teamId = idOf(byName.get("team_id"));
  const triggerId = idOf(byName.get("trigger_id"));
  if (typeof command !== "string" || typeof text !== "string") return undefined;
  if (userId === undefined || teamId === undefined || triggerId === undefined) return undefined;
  return { command, text, userId, teamId, triggerId };
}

function idOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= MAX_ID_CHARACTERS ? value : undefined;
}
