import { createHash, createHmac, randomBytes } from "node:crypto";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ACCOUNT_ID, CREDENTIALS, LIMIT, LIST_PATH, OPERATION } from "./account.ts";
import type { CountedRow, Walk } from "./walk-client.ts";

const EMPTY_BODY_SHA256 = createHash("sha256").digest("hex");
const SIGNED_NAMES = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

interface FloorPage {
  readonly data: readonly CountedRow[];
  readonly nextToken: string;
}

/**
 * The least a correct walk can cost: signed requests over one raw socket, `JSON.parse`, count. It trusts the server blindly (no
 * status, no chunks, no compression, no timeout, no retry), so it is a floor and no client.
 */
export function createFloorWalk(origin: string): Walk {
  const { host, hostname, port, protocol } = new URL(origin);
  let session: Buffer | undefined;
  let socket: Socket | undefined;

  async function openSocket(): Promise<Socket> {
    const to = { host: hostname, port: Number(port) };
    const secure = protocol === "https:" ? connectTls({ ...to, session }) : undefined;
    const opened = secure ?? connectPlain(to);
    secure?.on("session", (fresh) => (session = fresh));
    opened.setNoDelay(true).on("close", () => (socket = undefined));
    await new Promise<void>((resolve, reject) => {
      opened.once("error", reject).once(secure === undefined ? "connect" : "secureConnect", resolve);
    });
    return opened;
  }

  return async (count) => {
    let nextToken = "";
    do {
      const query = nextToken === "" ? `limit=${LIMIT}` : `limit=${LIMIT}&nextToken=${encodeURIComponent(nextToken)}`;
      socket ??= await openSocket();
      const page = await exchange(socket, signedRequestHead(host, query, Date.now()));
      count(page.data);
      nextToken = page.nextToken;
    } while (nextToken !== "");
  };
}

/** Sends one request and reads its whole answer. */
function exchange(on: Socket, head: string): Promise<FloorPage> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let missingBytes = -1;
    const onData = (chunk: Buffer): void => {
      let body = chunk;
      if (missingBytes === -1) {
        const end = chunk.indexOf("\r\n\r\n");
        const [, length] = /content-length: (\d+)/i.exec(chunk.toString("latin1", 0, end)) ?? [];
        missingBytes = Number(length);
        body = chunk.subarray(end + 4);
      }
      chunks.push(body);
      missingBytes -= body.length;
      if (missingBytes > 0) return;
      on.off("data", onData).off("close", reject);
      resolve(JSON.parse(chunks.length === 1 ? body.toString() : Buffer.concat(chunks).toString()));
    };
    on.on("data", onData).once("close", reject);
    on.write(head);
  });
}

/** Request line and headers of one page, signed with ACS3-HMAC-SHA256. The query must be in canonical form. */
export function signedRequestHead(host: string, query: string, nowMs: number): string {
  const { accessKeyId, accessKeySecret } = CREDENTIALS;
  const date = `${new Date(nowMs).toISOString().slice(0, 19)}Z`;
  const nonce = randomBytes(16).toString("hex");
  const headers =
    `host:${host}\nx-acs-action:${OPERATION.action}\nx-acs-content-sha256:${EMPTY_BODY_SHA256}\nx-acs-date:${date}\n` +
    `x-acs-signature-nonce:${nonce}\nx-acs-version:${OPERATION.version}\n`;
  const canonical = `GET\n${LIST_PATH}\n${query}\n${headers}\n${SIGNED_NAMES}\n${EMPTY_BODY_SHA256}`;
  const toSign = `ACS3-HMAC-SHA256\n${createHash("sha256").update(canonical).digest("hex")}`;
  const signature = createHmac("sha256", accessKeySecret).update(toSign).digest("hex");
  return (
    `GET ${LIST_PATH}?${query} HTTP/1.1\r\nx-fc-account-id:${ACCOUNT_ID}\r\n${headers.replaceAll("\n", "\r\n")}` +
    `authorization:ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${SIGNED_NAMES},Signature=${signature}\r\n\r\n`
  );
}
