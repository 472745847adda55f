import { DEMO_ACCOUNT } from "@fc-async/emulator";
import type { FormValues } from "../src/request/explorer-request.ts";
import { presetsFor } from "../src/request/presets.ts";
import { readForm, type FormReading } from "../src/request/read-form.ts";

export const EMULATOR_ENDPOINT = "http://{account_id}.{region}.localhost:10407";

/** The form as the page opens it, with some fields changed. */
export function formValues(changes: Partial<FormValues> = {}): FormValues {
  const [emulator] = presetsFor(EMULATOR_ENDPOINT, DEMO_ACCOUNT);
  if (emulator === undefined) throw new Error("there is no preset");
  return { ...emulator.values, ...changes };
}

/** The same, read. @throws {Error} when something is wrong with it. */
export function readOrThrow(changes: Partial<FormValues> = {}): Extract<FormReading, { readonly ok: true }> {
  const reading = readForm(formValues(changes));
  if (!reading.ok) throw new Error([...reading.problems.values()].join("\n"));
  return reading;
}
