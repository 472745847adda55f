import { OPERATION_PATHS, VENDOR_ENDPOINTS } from "../generated/operation.ts";

/** Where the relay may send to, beside the vendor's own hosts. */
export interface TargetSettings {
  /** Template of the emulator's origin, with or without `{account_id}` and `{region}`. */
  readonly emulatorEndpoint: string;
}

const ACCOUNT_ID = String.raw`\d{1,32}`;
const REGION = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
/** The names under which this machine is asked when no account stands in the host. */
const LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"] as const;

/**
 * Whether the relay may send to a URL: the operation's path, on a host of the vendor over https, or at the emulator.
 *
 * The text itself is held against the few spellings there are, and has to be the one that the URL parser would write. Nothing is
 * taken apart, so there is no reading of it in which it could lead elsewhere: no user, port, trailing dot, other number of an
 * address, escape or fragment.
 */
export function isAllowedTarget(url: string, settings: TargetSettings): boolean {
  const target = patternFor(settings);
  return url.length <= MAX_URL_LENGTH && target.test(url) && URL.canParse(url) && new URL(url).href === url;
}

const MAX_URL_LENGTH = 16_384;

function patternFor({ emulatorEndpoint }: TargetSettings): RegExp {
  const origins = [...VENDOR_ENDPOINTS.map(({ template }) => template), ...emulatorOrigins(emulatorEndpoint)];
  const paths = OPERATION_PATHS.map(literally);
  return new RegExp(String.raw`^(?:${origins.map(originPattern).join("|")})(?:${paths.join("|")})(?:\?[\x21-\x7e]*)?$`);
}

/** The template itself, and its host without account and region; for a bare `localhost` the other names of this machine, too. */
function emulatorOrigins(template: string): readonly string[] {
  const normal = template.replace(/\/$/, "");
  const bare = normal.replace("{account_id}.", "").replace("{region}.", "");
  const isLocalhost = /^https?:\/\/localhost(?::\d+)?$/.test(bare);
  return [normal, bare, ...(isLocalhost ? LOOPBACK_HOSTS.map((host) => bare.replace("localhost", host)) : [])];
}

function originPattern(template: string): string {
  return template
    .split(/(\{account_id\}|\{region\})/)
    .map((piece) => {
      if (piece === "{account_id}") return ACCOUNT_ID;
      if (piece === "{region}") return REGION;
      return literally(piece);
    })
    .join("");
}

/** The pattern that matches this text alone. */
function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}
