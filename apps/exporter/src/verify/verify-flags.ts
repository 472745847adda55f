import { defaultFlag, parseOneOf, parseText, valueFlag, type FlagValues } from "@fc-async/daemon";
import { REPORT_FORMATS } from "./render-verify-report.ts";

/** The flags of `fc-async-exporter verify`. */
export const VERIFY_FLAGS = {
  "config.file": valueFlag({
    placeholder: "file",
    help: "Configuration file. Without it one account is taken from the environment.",
    parse: parseText,
  }),
  account: valueFlag({
    placeholder: "id or alias",
    help: "Account to read. Default: the first of the configuration.",
    parse: parseText,
  }),
  region: valueFlag({
    placeholder: "region",
    help: "Region to read. Default: the first of the account.",
    parse: parseText,
  }),
  format: defaultFlag({
    placeholder: "format",
    help: `Form of the report: ${REPORT_FORMATS.join(", ")}.`,
    defaultText: "markdown",
    parse: parseOneOf(...REPORT_FORMATS),
  }),
};

export type VerifyFlags = FlagValues<typeof VERIFY_FLAGS>;
