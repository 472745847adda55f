import { OPERATION } from "../generated/operation.ts";
import { shellLiteral } from "./literals.ts";
import type { Sample } from "./sample.ts";
import { indented, type SampledRequest } from "./sampled-request.ts";

/** A bash script (3.2 or newer) that signs each run anew with openssl. */
export function curlSample({ scheme, host, path, query, headers }: SampledRequest): Sample {
  const url = query === "" ? "$scheme://$host$path" : "$scheme://$host$path?$query";
  return {
    id: "curl",
    title: "curl",
    language: "bash",
    proof: "executed",
    install: "apt-get install bash curl openssl",
    code: `#!/usr/bin/env bash
# ${OPERATION.id}, signed with ACS3-HMAC-SHA256.
# While openssl runs, other users of this machine can read the secret in the list of processes.
set -euo pipefail

key_id="\${ALIBABA_CLOUD_ACCESS_KEY_ID:?is not set}"
key_secret="\${ALIBABA_CLOUD_ACCESS_KEY_SECRET:?is not set}"
token="\${ALIBABA_CLOUD_SECURITY_TOKEN:-}"

scheme=${shellLiteral(scheme)}
host=${shellLiteral(host)}
path=${shellLiteral(path)}
query=${shellLiteral(query)}

sha256() { openssl dgst -sha256 -r "$@" | cut -c 1-64; }
body_hash="$(printf '' | sha256)"

# Canonical request: host and the x-acs-* headers are signed, sorted by name.
lines="host:$host"$'\\n'
names='host'
options=()
header() {
  lines+="$1:$2"$'\\n'
  names+=";$1"
  options+=(--header "$1: $2")
}
if [ -n "$token" ]; then header x-acs-accesskey-id "$key_id"; fi
header x-acs-action ${shellLiteral(OPERATION.id)}
header x-acs-content-sha256 "$body_hash"
header x-acs-date "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
if [ -n "$token" ]; then header x-acs-security-token "$token"; fi
header x-acs-signature-nonce "$(openssl rand -hex 16)"
header x-acs-version ${shellLiteral(OPERATION.version)}
canonical_request="GET"$'\\n'"$path"$'\\n'"$query"$'\\n'"$lines"$'\\n'"$names"$'\\n'"$body_hash"

string_to_sign="ACS3-HMAC-SHA256"$'\\n'"$(printf '%s' "$canonical_request" | sha256)"
signature="$(printf '%s' "$string_to_sign" | sha256 -hmac "$key_secret")"

curl --silent --show-error --fail-with-body "\${options[@]}" \\
${indented("  ", [
  `--header 'accept: application/json' \\`,
  ...headers.map(([name, value]) => `--header ${shellLiteral(`${name}: ${value}`)} \\`),
  `--header "authorization: ACS3-HMAC-SHA256 Credential=$key_id,SignedHeaders=$names,Signature=$signature" \\`,
  `"${url}"`,
])}`,
  };
}
