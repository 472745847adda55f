import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu;
const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----[^]+?-----END (?:[A-Z0-9]+ )*PRIVATE KEY-----/u;

/** What Go can sign a handshake with, by OpenSSL's names. */
const EC_CURVES: ReadonlySet<string | undefined> = new Set(["secp224r1", "prime256v1", "secp384r1", "secp521r1"]);
/** OpenSSL refuses a shorter one at its default security level. */
const MIN_RSA_BITS = 2048;

/** What is wrong with a certificate and with its key, in PEM; nothing when they fit and can be served. What is not there is not judged. */
export function tlsIdentityProblems(
  certificatePem: string | undefined,
  keyPem: string | undefined,
): { readonly certificate?: string; readonly key?: string } {
  const [leafPem] = certificatesOf(certificatePem ?? "");
  const leaf = leafPem === undefined ? undefined : certificateOf(leafPem);
  const [blockPem] = PRIVATE_KEY.exec(keyPem ?? "") ?? [];
  const key = blockPem === undefined ? undefined : keyOf(blockPem);
  const certificateProblem =
    certificatePem === undefined || leaf !== undefined
      ? undefined
      : leafPem === undefined
        ? "there is no certificate in PEM in it"
        : "its first certificate cannot be read";
  const keyProblem = keyPem === undefined ? undefined : problemOfKey(key, blockPem, leaf);
  return {
    ...(certificateProblem === undefined ? {} : { certificate: certificateProblem }),
    ...(keyProblem === undefined ? {} : { key: keyProblem }),
  };
}

function problemOfKey(
  key: KeyObject | undefined,
  blockPem: string | undefined,
  leaf: X509Certificate | undefined,
): string | undefined {
  if (blockPem === undefined) return "there is no private key in PEM in it";
  if (key === undefined) return "its private key cannot be read; a key must not have a passphrase";
  if (leaf !== undefined && !leaf.checkPrivateKey(key)) {
    return "the private key is not that of the certificate; both must come from the same request";
  }
  return keyTypeProblem(key);
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
