import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** PEM files of a self-signed certificate for 127.0.0.1. */
export interface Certificate {
  readonly file: string;
  readonly keyFile: string;
}

/** Makes a certificate with openssl in `folder`; `undefined` where openssl is missing. */
export function makeCertificate(folder: string): Certificate | undefined {
  const certificate = { file: join(folder, "certificate.pem"), keyFile: join(folder, "key.pem") };
  const { error, status, stderr } = spawnSync(
    "openssl",
    [
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost",
      "-addext subjectAltName=IP:127.0.0.1,DNS:localhost",
      `-out ${certificate.file} -keyout ${certificate.keyFile}`,
    ].flatMap((part) => part.split(" ")),
    { encoding: "utf8" },
  );
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
  return certificate;
}
