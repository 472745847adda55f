import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Files of a certificate and its key. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority extends Identity {
  /** Issues a certificate; `names` as OpenSSL writes them: `DNS:localhost,IP:127.0.0.1`. */
  issue(name: string, names: string): Promise<Identity>;
}

/** Makes an authority with OpenSSL, whose files lie in `folder`. Keys are P-256: quick to make. */
export function makeAuthority(folder: string, name: string): Authority {
  const authority = selfSigned(folder, name, ["-addext", "basicConstraints=critical,CA:TRUE"]);
  return {
    ...authority,
    async issue(subject, names) {
      const [certificate, key, request, extensions] = ["crt", "key", "csr", "ext"].map((end) =>
        join(folder, `${subject}.${end}`),
      );
      if (!certificate || !key || !request || !extensions) throw new Error("four files");
      openssl("req", ...NEW_KEY, "-keyout", key, "-out", request, "-subj", `/CN=${subject}`);
      await writeFile(extensions, `subjectAltName=${names}\n`);
      const { certificate: ca, key: caKey } = authority;
      openssl(
        ...["x509", "-req", "-in", request, "-CA", ca, "-CAkey", caKey, "-CAcreateserial", "-days", "2"],
        ...["-extfile", extensions, "-out", certificate],
      );
      return { certificate, key };
    },
  };
}

/** A certificate that nobody else signed. */
export function selfSigned(folder: string, name: string, flags: readonly string[] = [], newKey = NEW_KEY): Identity {
  const identity = { certificate: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
  const files = ["-keyout", identity.key, "-out", identity.certificate];
  openssl("req", "-x509", ...newKey, ...files, "-days", "2", "-subj", `/CN=${name}`, ...flags);
  return identity;
}

/** Puts the files of one identity in the place of another's. */
export async function replaceIdentity(target: Identity, source: Identity): Promise<void> {
  await writeFile(target.certificate, await readFile(source.certificate));
  await writeFile(target.key, await readFile(source.key));
}

const NEW_KEY: readonly string[] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

function openssl(...flags: readonly string[]): void {
  execFileSync("openssl", flags, { stdio: ["ignore", "ignore", "pipe"] });
}
