export type { AsyncFunction } from "./async-function.ts";
export { createFcClient } from "./create-fc-client.ts";
export type { ApiVersion, FcClient, FcClientLimits, FcClientOptions, ListOptions } from "./fc-client.ts";
export type { Credentials, CredentialsProvider, Page } from "@fc-async/protocol";
