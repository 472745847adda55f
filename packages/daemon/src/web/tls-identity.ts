import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[^]+?-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----/u;

/** What Go can sign a handshake with, by OpenSSL's names. */
const EC_CURVES: ReadonlySet<string | undefined> = new Set(["secp224r1", "prime256v1", "secp384r1", "secp521r1"]);
/** OpenSSL refuses a shorter one at its default security level. */
const MIN_RSA_BITS = 2048;

/** What is wrong with a certificate or its key, and with which of the two; `undefined` when they fit and can be served. */
export function tlsIdentityProblem(
  certificatePem: string,
  keyPem: string,
): { readonly of: "certificate" | "key"; readonly problem: string } | undefined {
  const [leafPem] = certificatesOf(certificatePem);
  if (leafPem === undefined) return { of: "certificate", problem: "there is no certificate in PEM in it" };
  const leaf = certificateOf(leafPem);
  if (leaf === undefined) return { of: "certificate", problem: "its first certificate cannot be read" };
  const [blockPem] = PRIVATE_KEY.exec(keyPem) ?? [];
  if (blockPem === undefined) return { of: "key", problem: "there is no private key in PEM in it" };
  const key = keyOf(blockPem);
  if (key === undefined) {
    return { of: "key", problem: "its private key cannot be read; a key must not have a passphrase" };
  }
  if (!leaf.checkPrivateKey(key)) {
    return {
      of: "key",
      problem: "the private key is not that of the certificate; both must come from the same request",
    };
  }
  const problem = keyTypeProblem(key);
  return problem === undefined ? undefined : { of: "key", problem };
}

/** The certificates of a text in PEM that can be read, one text each. What cannot be read is passed over, as in Go. */
export function readableCertificates(pem: string): readonly string[] {
  return certificatesOf(pem).filter((text) => certificateOf(text) !== undefined);
}

function keyTypeProblem({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string | undefined {
  if (type === "rsa" && (details?.modulusLength ?? 0) < MIN_RSA_BITS) {
    return `an RSA key of less than ${MIN_RSA_BITS} bits is refused by OpenSSL; make a longer one`;
  }
  if (type === "rsa" || type === "ed25519" || (type === "ec" && EC_CURVES.has(details?.namedCurve))) return undefined;
  return "this kind of key is not served; take RSA, ECDSA with P-256, P-384 or P-521, or Ed25519";
}

function certificatesOf(pem: string): readonly string[] {
  return pem.match(CERTIFICATE) ?? [];
}

function certificateOf(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function keyOf(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
