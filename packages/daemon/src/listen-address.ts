import { isIPv4, isIPv6 } from "node:net";
import type { FlagReading } from "./flags/flag.ts";

/** Where a server listens. */
export interface ListenAddress {
  /** Host name or IP address without brackets; `undefined` means every address of the machine. */
  readonly hostname: string | undefined;
  /** 0 lets the system choose a free one. */
  readonly port: number;
}

const HOST_NAME = /^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/iu;
const FORM = 'expected host:port, such as ":10406", "127.0.0.1:10406" or "[::1]:10406"';

/** Reads `:10406`, `127.0.0.1:10406`, `localhost:10406` or `[::1]:10406`, the form of Prometheus' `--web.listen-address`. */
export function parseListenAddress(text: string): FlagReading<ListenAddress> {
  const colon = text.lastIndexOf(":");
  const host = text.slice(0, Math.max(colon, 0));
  const portText = text.slice(colon + 1);
  if (colon === -1) return { ok: false, problem: `${FORM}, got "${text}"` };
  if (!/^\d{1,5}$/u.test(portText) || Number(portText) > 65_535) {
    return { ok: false, problem: `expected a port from 0 to 65535 after the last colon, got "${text}"` };
  }
  const port = Number(portText);
  if (host === "") return { ok: true, value: { hostname: undefined, port } };

  const bracketed = /^\[(?<address>.*)\]$/u.exec(host)?.groups?.["address"];
  if (bracketed !== undefined) {
    return isIPv6(bracketed)
      ? { ok: true, value: { hostname: bracketed, port } }
      : { ok: false, problem: `expected an IPv6 address between the brackets, got "${text}"` };
  }
  if (host.includes(":")) return { ok: false, problem: `an IPv6 address needs brackets: "[${host}]:${portText}"` };
  const isHost = /^[\d.]+$/u.test(host) ? isIPv4(host) : HOST_NAME.test(host);
  return isHost ? { ok: true, value: { hostname: host, port } } : { ok: false, problem: `${FORM}, got "${text}"` };
}

/** The address as `parseListenAddress` reads it. */
export function formatListenAddress({ hostname = "", port }: ListenAddress): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}
