import { HOST_VARIABLES, VENDOR_ENDPOINTS } from "../generated/operation.ts";
import { EMPTY_FORM } from "./empty-form.ts";
import type { FormValues } from "./explorer-request.ts";
import { FIELDS } from "./fields.ts";

/** The account of an emulator that the page starts with. Its key is a throw-away one: it opens nothing but that process. */
export interface DemoKey {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** A way to fill the form in one go. */
export interface Preset {
  readonly id: "emulator" | "real";
  readonly title: string;
  readonly values: FormValues;
}

/** What the page asks its server for, at `/settings.json`. */
export interface PageSettings {
  readonly version: string;
  /** Template of the emulator's endpoint, with `{account_id}` and `{region}`. */
  readonly emulatorEndpoint: string;
  /** The first is the one to start with. */
  readonly presets: readonly Preset[];
}

/** The emulator with its demo account, ready to send; and the vendor's public endpoint, whose keys the user has. */
export function presetsFor(emulatorEndpoint: string, demo: DemoKey): readonly Preset[] {
  const { accountId, region, accessKeyId, accessKeySecret } = demo;
  const [publicEndpoint] = VENDOR_ENDPOINTS;
  return [
    {
      id: "emulator",
      title: "Emulator",
      values: { ...BLANK, endpoint: emulatorEndpoint, accountId, region, accessKeyId, accessKeySecret },
    },
    {
      id: "real",
      title: "Alibaba Cloud",
      values: { ...BLANK, endpoint: publicEndpoint.template, region: HOST_VARIABLES.region.default },
    },
  ];
}

/** Filled in with what the service takes for a limit that is left out, so that it is seen. */
const BLANK: FormValues = { ...EMPTY_FORM, limit: FIELDS.find(({ name }) => name === "limit")?.default ?? "" };
