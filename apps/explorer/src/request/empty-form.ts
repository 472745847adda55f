import type { FormValues } from "./explorer-request.ts";

/** A form in which nothing was typed. */
export const EMPTY_FORM: FormValues = {
  accountId: "",
  region: "",
  endpoint: "",
  accessKeyId: "",
  accessKeySecret: "",
  securityToken: "",
  limit: "",
  nextToken: "",
  "X-Fc-Account-Id": "",
  "X-Fc-Date": "",
  "X-Fc-Trace-Id": "",
};
