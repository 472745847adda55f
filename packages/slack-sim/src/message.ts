/** A message as it arrives at Slack: nothing about it is trusted before it was looked at. */
export interface ReceivedMessage {
  readonly responseType: "ephemeral" | "in_channel";
  readonly text: string;
  readonly blocks: readonly JsonObject[];
}

/** A JSON object whose members are still unknown. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member when it is a string, else nothing. */
export function stringMember(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === "string" ? value : undefined;
}

/** The members of an array that are objects; anything else counts as absent. */
export function objectsMember(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name];
  return Array.isArray(value) ? value.filter((entry) => isJsonObject(entry)) : [];
}

/**
 * Reads the body of an acknowledgement the way Slack does: empty shows nothing, JSON is a message, other text is shown as it is.
 *
 * @throws TypeError when the body claims to be JSON and is no message.
 */
export function readMessage(body: string, contentType: string): ReceivedMessage | undefined {
  if (body === "") return undefined;
  if (!contentType.startsWith("application/json")) return { responseType: "ephemeral", text: body, blocks: [] };
  const json: unknown = JSON.parse(body);
  if (!isJsonObject(json)) throw new TypeError("the answer is JSON but not an object, so Slack shows nothing of it");
  const { response_type: responseType = "ephemeral", blocks = [] } = json;
  if (responseType !== "ephemeral" && responseType !== "in_channel") {
    throw new TypeError(`response_type is ${JSON.stringify(responseType)}, neither ephemeral nor in_channel`);
  }
  if (!Array.isArray(blocks) || !blocks.every((block) => isJsonObject(block))) {
    throw new TypeError("blocks is not a list of objects, so Slack shows nothing of the answer");
  }
  return { responseType, text: stringMember(json, "text") ?? "", blocks };
}
