/**
 * Which of the service's front doors a host name stands for.
 *
 * - `direct`: `{account}.{region}.…`, the vendor's own host or the same two labels under any suffix.
 * - `gateway`: `fc.{region}.aliyuncs.com` or `fc-vpc.{region}.aliyuncs.com`, without an account.
 * - `bare`: anything else (`127.0.0.1`, `localhost`, `emulator`): the account is the key's.
 */
export type HostPlace =
  | { readonly style: "direct"; readonly account: string; readonly region: string }
  | { readonly style: "gateway"; readonly region: string }
  | { readonly style: "bare" };

const BARE: HostPlace = { style: "bare" };
const VENDOR_SUFFIX = ".aliyuncs.com";
const PORT = /:\d*$/;
const REGION_WITHIN_VPC = /-internal$/;

/** Reads a `Host` header. Never fails: a host that says nothing is `bare`. */
export function hostPlace(host: string): HostPlace {
  const name = host.toLowerCase().replace(PORT, "").replace(/\.$/, "");
  const [first, second] = name.split(".");
  if (first === undefined || second === undefined) return BARE;
  if (name.endsWith(VENDOR_SUFFIX)) {
    if (first === "fc" || first === "fc-vpc") return { style: "gateway", region: second };
    // Also the vendor SDK's placeholder `account-id.{region}.fc…`: an account nobody's key belongs to.
    return { style: "direct", account: first, region: second.replace(REGION_WITHIN_VPC, "") };
  }
  // The letter tells a region from the second number of an IP address.
  if (/^\d+$/.test(first) && /^[a-z]/.test(second)) {
    return { style: "direct", account: first, region: second.replace(REGION_WITHIN_VPC, "") };
  }
  return BARE;
}
