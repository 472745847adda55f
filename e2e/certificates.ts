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
  /** Makes an authority below this one. */
  issueAuthority(name: string): Promise<Authority>;
}

/** Makes an authority with OpenSSL, whose files lie in `folder`. Keys are P-256: quick to make. */
export function makeAuthority(folder: string, name: string): Authority {
  return authorityOf(folder, selfSigned(folder, name, ["-addext", CA]));
}

const CA = "basicConstraints=critical,CA:TRUE";

function authorityOf(folder: string, authority: Identity): Authority {
  async function issueWith(subject: string, extensions: string): Promise<Identity> {
    const file = (end: string): string => join(folder, `${subject}.${end}`);
    const identity = { certificate: file("crt"), key: file("key") };
    openssl("req", ...NEW_KEY, "-keyout", identity.key, "-out", file("csr"), "-subj", `/CN=${subject}`);
    await writeFile(file("ext"), `${extensions}\n`);
    const signing = ["-CA", authority.certificate, "-CAkey", authority.key, "-CAcreateserial", "-days", "2"];
    const files = ["-in", file("csr"), "-extfile", file("ext"), "-out", identity.certificate];
    openssl("x509", "-req", ...signing, ...files);
    return identity;
  }
  return {
    ...authority,
    issue: (subject, names) => issueWith(subject, `subjectAltName=${names}`),
    issueAuthority: async (subject) => authorityOf(folder, await issueWith(subject, CA)),
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
