import { lookup as dnsLookup } from "node:dns";
import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { isLoopbackName } from "./loopback-name.ts";

/** Why nothing is sent to a host that has this address, or `undefined`. */
export type AddressJudge = (hostname: string, address: string) => string | undefined;

/** `code` of the error a refused address fails with. */
export const ADDRESS_REFUSED = "FC_ADDRESS_REFUSED";

/**
 * Wraps a resolver. `*.localhost` is 127.0.0.1 without asking anybody (neither glibc nor Node knows RFC 6761), and a name
 * that resolves to a refused address fails. The check is here and not before the request, so that the address checked is
 * the address connected to.
 */
export function guardedLookup(problemOf: AddressJudge, lookup: LookupFunction = dnsLookup): LookupFunction {
  return (hostname, options, callback) => {
    if (isLoopbackName(hostname)) {
      const loopback = { address: "127.0.0.1", family: 4 };
      if (options.all === true) callback(null, [loopback]);
      else callback(null, loopback.address, loopback.family);
      return;
    }
    lookup(hostname, options, (error, found, family) => {
      const addresses =
        typeof found === "string" ? [found] : (found ?? []).map((entry: LookupAddress) => entry.address);
      const problems = addresses.map((address) => problemOf(hostname, address));
      const problem = error === null ? problems.find((each) => each !== undefined) : undefined;
      if (problem === undefined) callback(error, found, family);
      else callback(addressRefused(problem), found, family);
    });
  };
}

/** The error of a host that is, or resolves to, an address nothing is sent to. */
export function addressRefused(problem: string): NodeJS.ErrnoException {
  return Object.assign(new Error(problem), { code: ADDRESS_REFUSED });
}
