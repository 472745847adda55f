import { settingsTable } from "../config/render-configuration-docs.ts";
import { CIPHERS } from "./go-tls-names.ts";
import { webConfigJsonSchema } from "./web-config-schema.ts";

/** The page about the web config file, Markdown. */
export function renderWebConfigDocs(): string {
  return `${HEAD}
## Keys

${settingsTable(webConfigJsonSchema())}

\`basic_auth_users\` is a mapping of names to hashes. Other headers cannot be set.

Names of \`cipher_suites\`:

${[...CIPHERS.keys()].map((name) => `- \`${name}\``).join("\n")}
${TAIL}`;
}

const HEAD = `# Web config: TLS, users, headers, rate limit

\`fc-async-exporter --web.config.file=web.yaml\` takes the file that exporters of the Prometheus project share
([exporter-toolkit](https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md)). Without the flag
everybody who reaches the port may read, over plain HTTP.

## Example

\`\`\`yaml
tls_server_config:
  cert_file: server.crt
  key_file: server.key
  client_auth_type: RequireAndVerifyClientCert
  client_ca_file: prometheus-ca.crt
basic_auth_users:
  # htpasswd -nBC 10 "" | tr -d ':\\n'
  prometheus: $2y$10$N58YJFFPazfciy57CTHogelFFO.sHUUe91oXeIIDBlzep9TIYvM4S
http_server_config:
  headers:
    Strict-Transport-Security: max-age=31536000
\`\`\`

In Prometheus:

\`\`\`yaml
scrape_configs:
  - job_name: fc-async
    scheme: https
    tls_config: { ca_file: server-ca.crt, cert_file: prometheus.crt, key_file: prometheus.key }
    basic_auth: { username: prometheus, password_file: fc-async.password }
    static_configs: [{ targets: ["exporter.example.com:10406"] }]
\`\`\`
`;

const TAIL = `
## Changes without a restart

The file, the certificate, the key and the authorities are looked at for every connection and every request, and read again when they
changed. A new certificate counts for the next connection, a new user for the next request; a rate limit begins anew.

- A file that became wrong is not taken: the last right one stays in force, and the log says once what is wrong and where.
- A change that takes a protection away (TLS, all users, \`client_auth_type\`, \`client_allowed_sans\`) waits for a restart: a file
  that an editor has emptied and not yet written looks just like that.
- Write to another file and rename it, as \`cert-manager\` and Kubernetes do. Between a new certificate and its key the old pair is served.

## What is the same as in exporter-toolkit, and what is not

\`promtool check web-config\` and \`fc-async-exporter --config.check\` give the same verdict. Refused here beyond it is what starts
and then serves nobody:

- \`cipher_suites\` without one that HTTP/2 needs, while \`http2\` is on;
- \`client_ca_file\` or \`client_ca\` without a certificate in it;
- \`max_version\` below \`min_version\`;
- a rate limit without a burst;
- an RSA key below 2048 bits, or what else OpenSSL does not take;

and what would be passed over or sent as something else: a second document after \`---\`, merge keys (\`<<\`), letters beyond ASCII in
a header.

In service:

- Bytes a client has not read take no place: a request counts for \`--web.max-requests\` (503, \`Retry-After: 1\`) until its answer is handed over.
- Of 256 connections the one that has been silent longest gives way to a new one. Heads are at most 8 KiB and must come within 5 s.
- Passwords are compared in a thread of their own, one at a time; right ones are remembered. When 32 wait, or 8 of one address, others get 503.
- An unknown user takes as long as the one whose hash costs most.
- A rate limit is one for all addresses, and its 429 says in \`Retry-After\` when to come again.
- Without \`client_ca_file\` client certificates are verified with the authorities that Node trusts, where Go takes those of the system.
`;
