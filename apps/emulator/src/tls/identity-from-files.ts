import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { textOfFile } from "../input/input-from-file.ts";
import { problemsOf, type Input } from "../input/read-input.ts";
import type { TlsIdentity } from "./tls-identity.ts";

/** Reads a certificate and its key, and tells what is wrong with either, or with both together. */
export async function identityFromFiles(certFile: string, keyFile: string): Promise<Input<TlsIdentity>> {
  const [certText, keyText] = [await textOfFile(certFile), await textOfFile(keyFile)];
  const cert = certText.ok ? certificateIn(certText.value, certFile) : certText;
  const key = keyText.ok ? privateKeyIn(keyText.value, keyFile) : keyText;
  if (!cert.ok || !key.ok || !certText.ok || !keyText.ok) return { ok: false, problems: problemsOf(cert, key) };
  if (!cert.value.checkPrivateKey(key.value)) {
    return { ok: false, problems: [`${keyFile}: is not the key of the certificate in ${certFile}`] };
  }
  const identity = { key: keyText.value, cert: certText.value };
  // Loaded with the files, as the server's own part of TLS is.
  const { createSecureContext } = await import("node:tls");
  try {
    createSecureContext(identity);
  } catch (error) {
    // A key that is too short, for one.
    return { ok: false, problems: [`${certFile}: cannot be served (${messageOf(error)})`] };
  }
  return { ok: true, value: identity };
}

function certificateIn(text: string, file: string): Input<X509Certificate> {
  try {
    return { ok: true, value: new X509Certificate(text) };
  } catch (error) {
    return { ok: false, problems: [`${file}: holds no certificate in PEM form (${messageOf(error)})`] };
  }
}

function privateKeyIn(text: string, file: string): Input<KeyObject> {
  try {
    return { ok: true, value: createPrivateKey(text) };
  } catch (error) {
    return {
      ok: false,
      problems: [`${file}: holds no private key in PEM form without a passphrase (${messageOf(error)})`],
    };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
