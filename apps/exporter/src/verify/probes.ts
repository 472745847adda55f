import { ACS3_ON_2021, FC_ON_2016, type Pairing } from "./probe-request.ts";
import type { Probe } from "./probe.ts";
import { asAssumed, differs, type Verdict } from "./verdict.ts";

const TWENTY_MINUTES_MS = 20 * 60_000;
const DEFAULT_LIMIT = 20;
/** With the characters that a client must encode. */
const FOREIGN_TOKEN = "fc-async/verify+nobody+gave+this==";
const ANOTHER_ACCOUNT = "1";

const OPEN = "openapi/README.md, what stays open";
const EMULATOR = "packages/emulator/README.md, unknown";
const LIMITS = `${OPEN}: what a limit outside 1 to 100 is answered`;
const CLOCK = `${OPEN}: which code stands beside the sentence about the request time`;
const CROSSED = `${OPEN}: whether 2021-04-06 accepts the FC signature, or 2016-08-15 the ACS3 one`;
const BAD_SIGNATURE = `${OPEN}: 403 SignatureNotMatch or 400 SignatureDoesNotMatch on the direct host`;

type Judge = Probe["judge"];

/** What is refused in a certain way, as far as anybody knows. */
function refusedWith(status: number, code: string): Judge {
  return (outcome) => {
    if (outcome.type === "page")
      return differs(`answered with ${rowsText(outcome.rows.length)}, not ${status} ${code}`);
    if (outcome.status === status && outcome.code === code) return asAssumed();
    return differs(`${outcome.status} ${outcome.code ?? "without a code"}, not ${status} ${code}`);
  };
}

/** What is answered with a page, as far as anybody knows. */
function answeredWith(check: (rows: number, token: string) => Verdict): Judge {
  return (outcome) =>
    outcome.type === "page"
      ? check(outcome.rows.length, outcome.token)
      : differs(`refused with ${outcome.status} ${outcome.code ?? "without a code"}`);
}

function rowsText(count: number): string {
  return count === 1 ? "1 row" : `${count} rows`;
}

function atMost(limit: number): Judge {
  return answeredWith((rows) =>
    rows <= limit ? asAssumed(rowsText(rows)) : differs(`${rowsText(rows)} for a limit of ${limit}`),
  );
}

const onlyAcs3 = (main: Pairing): boolean => main.scheme === "acs3";

/** Every question, in the order it is asked. */
export const PROBES: readonly Probe[] = [
  {
    title: "No Authorization header",
    needs: "nothing",
    request: (pairing) => ({ pairing, key: "none" }),
    judge: refusedWith(400, "MissingRequiredHeader"),
    settles: `${OPEN}: which code and status a request without Authorization has`,
  },
  {
    title: "An access key id that nobody has",
    needs: "nothing",
    request: (pairing) => ({ pairing, key: "unknown" }),
    judge: refusedWith(403, "InvalidAccessKeyID"),
    settles: `${EMULATOR}: direct hosts answer with the codes of the service`,
  },
  {
    title: "A wrong signature under ACS3",
    needs: "key",
    request: () => ({ pairing: ACS3_ON_2021, wrongSignature: true }),
    judge: refusedWith(403, "SignatureNotMatch"),
    settles: BAD_SIGNATURE,
  },
  {
    title: "A wrong signature under FC",
    needs: "key",
    request: () => ({ pairing: FC_ON_2016, wrongSignature: true }),
    judge: refusedWith(403, "SignatureNotMatch"),
    settles: "error page of Function Compute 2.0",
  },
  {
    title: "The FC signature on 2021-04-06",
    needs: "key",
    request: () => ({ pairing: { api: "2021-04-06", scheme: "fc" } }),
    judge: refusedWith(403, "SignatureNotMatch"),
    settles: CROSSED,
  },
  {
    title: "The ACS3 signature on 2016-08-15",
    needs: "key",
    request: () => ({ pairing: { api: "2016-08-15", scheme: "acs3" } }),
    judge: refusedWith(403, "SignatureNotMatch"),
    settles: CROSSED,
  },
  {
    title: "The other pairing of version and signature",
    needs: "list",
    request: (main) => ({ pairing: onlyAcs3(main) ? FC_ON_2016 : ACS3_ON_2021, query: [["limit", "1"]] }),
    judge: answeredWith(() => asAssumed()),
    settles: "docs/adr/0002-signature-schemes.md: the operation exists in both versions",
  },
  {
    title: "A date 20 minutes back under ACS3",
    needs: "key",
    request: () => ({ pairing: ACS3_ON_2021, shiftMs: -TWENTY_MINUTES_MS }),
    judge: refusedWith(400, "InvalidTimeStamp.Expired"),
    settles: CLOCK,
  },
  {
    title: "A date 20 minutes ahead under ACS3",
    needs: "key",
    request: () => ({ pairing: ACS3_ON_2021, shiftMs: TWENTY_MINUTES_MS }),
    judge: refusedWith(400, "InvalidTimeStamp.Expired"),
    settles: CLOCK,
  },
  {
    title: "A date 20 minutes back under FC",
    needs: "key",
    request: () => ({ pairing: FC_ON_2016, shiftMs: -TWENTY_MINUTES_MS }),
    judge: refusedWith(403, "AccessDenied"),
    settles: CLOCK,
  },
  {
    title: "No limit",
    needs: "list",
    request: (pairing) => ({ pairing }),
    judge: atMost(DEFAULT_LIMIT),
    settles: "openapi/fc-2021-04-06.yaml: limit is 20 by default",
  },
  {
    title: "The same request once more, with the same nonce",
    needs: "list",
    request: (pairing) => (onlyAcs3(pairing) ? { pairing } : undefined),
    again: true,
    judge: refusedWith(400, "SignatureNonceUsed"),
    settles: "packages/emulator/README.md, not proven: a nonce is good once",
  },
  {
    title: "A limit of 1",
    needs: "list",
    request: (pairing) => ({ pairing, query: [["limit", "1"]] }),
    judge: answeredWith((rows, token) =>
      rows <= 1 ? asAssumed(`${rowsText(rows)}, nextToken ${tokenText(token)}`) : differs(rowsText(rows)),
    ),
    settles: "openapi/README.md: the least limit is 1",
  },
  ...["0", "101", "abc"].map((limit): Probe => ({
    title: `A limit of ${limit}`,
    needs: "list",
    request: (pairing) => ({ pairing, query: [["limit", limit]] }),
    judge: refusedWith(400, "InvalidArgument"),
    settles: LIMITS,
  })),
  {
    title: "A token that the service never gave",
    needs: "list",
    request: (pairing) => ({
      pairing,
      query: [
        ["limit", "1"],
        ["nextToken", FOREIGN_TOKEN],
      ],
    }),
    judge: refusedWith(400, "InvalidArgument"),
    settles: `${OPEN}: what a token it never gave is answered`,
  },
  {
    title: "An empty token",
    needs: "list",
    request: (pairing) => ({
      pairing,
      query: [
        ["limit", "1"],
        ["nextToken", ""],
      ],
    }),
    judge: atMost(1),
    settles: "openapi/fc-2021-04-06.yaml: an empty token starts a list",
  },
  {
    title: "Another account in X-Fc-Account-Id",
    needs: "list",
    request: (pairing) => ({ pairing, query: [["limit", "1"]], declaredAccount: ANOTHER_ACCOUNT }),
    judge: refusedWith(403, "AccessDenied"),
    settles: `${OPEN}: whether X-Fc-Account-Id changes anything`,
  },
  {
    title: "The gateway of the region",
    needs: "list",
    request: (pairing) => (onlyAcs3(pairing) ? { pairing, query: [["limit", "1"]], gateway: true } : undefined),
    judge: answeredWith(() => asAssumed()),
    settles: `${OPEN}: whether X-Fc-Account-Id changes anything on the gateway`,
  },
];

function tokenText(form: string): string {
  return form === "text" ? "given" : form;
}
