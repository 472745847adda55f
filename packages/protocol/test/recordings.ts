import { readFileSync } from "node:fs";
import type { Credentials, HeaderPair } from "@fc-async/protocol";
import type { ReceivedRequest, VerifyOptions } from "@fc-async/protocol/verify";

/** One request of a vendor SDK, as a server received it. */
export interface Recording {
  readonly name: string;
  readonly credential: Credentials;
  readonly recorded: {
    readonly method: string;
    readonly requestTarget: string;
    readonly rawHeaders: readonly (readonly [string, string])[];
  };
}

function readRecordings(file: string): readonly Recording[] {
  const text = readFileSync(new URL(`vectors/${file}`, import.meta.url), "utf8");
  const { vectors }: { readonly vectors: readonly Recording[] } = JSON.parse(text);
  return vectors;
}

export const acs3Recordings: readonly Recording[] = readRecordings("fc-open20210406.acs3.json");

/** Those of the documented pairing: the `FC` scheme on 2016-08-15. */
export const fcRecordings: readonly Recording[] = readRecordings("fc2.fc-hmac-sha256.json").filter(
  ({ name }) => name.startsWith("v2016/") || name.startsWith("control-2016-") || name === "http-trigger-signed-query",
);

/** Names in lower case; everything but what the connection adds. */
export function headersOf(recording: Recording): HeaderPair[] {
  return recording.recorded.rawHeaders
    .map(([name, value]): HeaderPair => [name.toLowerCase(), value])
    .filter(([name]) => name !== "connection");
}

export function headerOf(recording: Recording, wanted: string): string {
  return headersOf(recording).find(([name]) => name === wanted)?.[1] ?? "";
}

export function receivedFrom(recording: Recording): ReceivedRequest {
  const { method, requestTarget: target } = recording.recorded;
  return { method, target, headers: new Map(headersOf(recording)) };
}

/** Verifies at the moment the request was made, knowing only its key. */
export function optionsFor(recording: Recording): VerifyOptions {
  const { accessKeyId, accessKeySecret, securityToken } = recording.credential;
  const date = headerOf(recording, "x-acs-date") || headerOf(recording, "date");
  return {
    findKey: (id) => (id === accessKeyId ? { accessKeySecret, securityToken } : undefined),
    nowMs: Date.parse(date),
  };
}
