/** One instruction: `ENTRYPOINT` and what follows, continued lines joined. */
export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** The part of a Dockerfile from one `FROM` to the next. */
export interface Stage {
  readonly image: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

/** Reads a Dockerfile that uses none of its rarer forms: no here-documents, no escape directive. */
export function dockerfileStages(text: string): readonly Stage[] {
  const lines = text
    .split("\n")
    .filter((line) => !/^\s*(?:#|$)/u.test(line))
    .join("\n")
    .replaceAll(/\\\n\s*/gu, "")
    .split("\n");
  const stages: { image: string; name: string; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [name = "", ...words] = line.trim().split(/\s+/u);
    const rest = line.trim().slice(name.length).trim();
    if (name === "FROM") stages.push({ image: words[0] ?? "", name: words[2] ?? "", instructions: [] });
    else stages.at(-1)?.instructions.push({ name, text: rest });
  }
  return stages;
}

/** The one instruction of this name in a stage. */
export function instruction(stage: Stage, name: string): string {
  const found = stage.instructions.filter((each) => each.name === name);
  const [only] = found;
  if (only === undefined || found.length > 1) throw new Error(`${stage.name} has ${found.length} ${name}`);
  return only.text;
}

/** The words of an instruction in exec form, after its flags: `["node", "main.js"]`. */
export function execForm(text: string): readonly string[] {
  const words: unknown = JSON.parse(text.slice(text.indexOf("[")));
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw new Error(`no exec form: ${text}`);
}
