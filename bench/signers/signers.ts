import type { Signer } from "./signer.ts";

/** Every signer, loaded alone. */
export const SIGNERS = {
  "node-hash": async (): Promise<Signer> => {
    const { nodeHash } = await import("@fc-async/protocol/node");
    return (await import("./fc-async.ts")).createFcAsyncSigner(nodeHash);
  },
  "web-crypto": async (): Promise<Signer> => {
    const { webCryptoHash } = await import("@fc-async/protocol");
    return (await import("./fc-async.ts")).createFcAsyncSigner(webCryptoHash);
  },
  "vendor-sdk": async (): Promise<Signer> => (await import("./vendor-sdk.ts")).vendorSdkSigner,
} as const;

export type SignerName = keyof typeof SIGNERS;

export function isSignerName(name: string): name is SignerName {
  return Object.hasOwn(SIGNERS, name);
}
