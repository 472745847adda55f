import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentialsProvider } from "@fc-async/daemon";
import { createEmulator, type AccessKey, type Emulator, type FunctionRow } from "@fc-async/emulator";
import { createInventory, type PollEvent } from "@fc-async/inventory";
import type { CredentialsProvider } from "@fc-async/protocol";
import { nodeHash } from "@fc-async/protocol/node";
import { expect, onTestFinished, test } from "vitest";

const ACCOUNT_ID = "1234567890123456";
const REGIONS = Array.from({ length: 10 }, (_, index) => `cn-region-${index}`);
const OLD: AccessKey = { accessKeyId: "LTAI5tExampleKeyId0000", accessKeySecret: "ExampleSecret0000000000000000" };
const NEW: AccessKey = { accessKeyId: "LTAI5tExampleKeyId1111", accessKeySecret: "ExampleSecret1111111111111111" };

/** Nine pages of a hundred. */
const rows: readonly FunctionRow[] = Array.from({ length: 850 }, (_, index) => ({
  serviceName: `service-${index % 7}`,
  functionName: `function-${index}`,
  qualifier: "LATEST",
}));

/** The service with one key; what it remembers of lists does not depend on it. */
function serviceWith(key: AccessKey): Emulator {
  const regions = Object.fromEntries(REGIONS.map((region) => [region, rows]));
  return createEmulator({ accounts: [{ accountId: ACCOUNT_ID, accessKeys: [key], regions }], hash: nodeHash });
}

interface Keys {
  readonly credentials: CredentialsProvider;
  readonly old: AccessKey;
  readonly new: AccessKey;
  /** Does what happens when the old key is deleted. */
  readonly rotate: () => Promise<void>;
}

interface Rotation {
  readonly events: readonly PollEvent[];
  /** Ids of the keys whose requests were answered, and of those whose were not. */
  readonly accepted: readonly (string | undefined)[];
  readonly refused: readonly (string | undefined)[];
}

/** Polls ten regions at once. At the fifth page the old key is deleted. */
async function pollThrough(keys: Keys): Promise<Rotation> {
  const [before, after] = [serviceWith(keys.old), serviceWith(keys.new)];
  let service = before;
  let rotation: Promise<void> | undefined;
  const events: PollEvent[] = [];
  const ended = Promise.withResolvers<void>();
  const inventory = createInventory({
    accounts: [{ accountId: ACCOUNT_ID, regions: REGIONS, credentials: keys.credentials }],
    poll: { concurrency: REGIONS.length },
    limits: { requestsPerSecond: 1000 },
    hash: nodeHash,
    fetch: async (url, init) => {
      if (service === before && before.requests.length >= 4 * REGIONS.length) {
        service = after;
        rotation = keys.rotate();
      }
      await rotation;
      return service.fetch(url, init);
    },
    onEvent: (event) => {
      events.push(event);
      const ends = events.filter(({ type }) => type === "poll_succeeded" || type === "poll_failed");
      if (ends.length === REGIONS.length) ended.resolve();
    },
  });
  inventory.start();
  await ended.promise;
  await inventory.stop();
  const idsOf = (accepted: boolean): readonly (string | undefined)[] =>
    [...before.requests, ...after.requests]
      .filter(({ status }) => (status === 200) === accepted)
      .map(({ accessKeyId }) => accessKeyId);
  return { events, accepted: idsOf(true), refused: idsOf(false) };
}

/** The complete lists that were read: functions and pages of each. */
function listsOf(events: readonly PollEvent[]): readonly (readonly number[])[] {
  return events
    .filter((event) => event.type === "poll_succeeded")
    .map(({ snapshot }) => [snapshot.functionCount, snapshot.pages]);
}

const COMPLETE = REGIONS.map(() => [rows.length, 9]);

/** A key pair in two files, as a mounted secret. */
async function keyFiles(): Promise<{
  readonly credentials: CredentialsProvider;
  write(key: AccessKey): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "fc-async-exporter-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [id, secret] = [join(folder, "id"), join(folder, "secret")];
  const write = async (key: AccessKey): Promise<void> => {
    await writeFile(id, key.accessKeyId);
    await writeFile(secret, key.accessKeySecret);
  };
  await write(OLD);
  const credentials = credentialsProvider({
    type: "static",
    accessKeyId: { file: id },
    accessKeySecret: { file: secret },
    securityToken: undefined,
  });
  return { credentials, write };
}

test("case 19: keys replaced on disk at page 5 are used by the next attempt, and the walk is complete", async () => {
  const { credentials, write } = await keyFiles();
  const { events, accepted, refused } = await pollThrough({
    credentials,
    old: OLD,
    new: NEW,
    rotate: () => write(NEW),
  });
  expect(listsOf(events)).toEqual(COMPLETE);
  expect(accepted.filter((id) => id === NEW.accessKeyId)).toHaveLength(5 * REGIONS.length);
  // The one page that each region was asking for with the old key, and no other.
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThanOrEqual(REGIONS.length);
  expect(new Set(refused)).toEqual(new Set([OLD.accessKeyId]));
});

test("case 19: keys that are deleted and not replaced fail every region with reason auth, after one refused request each", async () => {
  const { credentials } = await keyFiles();
  const { events, refused } = await pollThrough({ credentials, old: OLD, new: NEW, rotate: async () => undefined });
  const failed = events.filter((event) => event.type === "poll_failed");
  expect(failed.map(({ failure }) => failure.reason)).toEqual(REGIONS.map(() => "auth"));
  expect(refused).toHaveLength(REGIONS.length);
});

/** A server of temporary keys that are written to last for hours; the first is the one that does not. */
async function temporaryKeys(): Promise<{ readonly credentials: CredentialsProvider; readonly issued: () => number }> {
  let issued = 0;
  const server = createServer((_, response) => {
    const { accessKeyId, accessKeySecret, securityToken } = temporary(issued === 0 ? OLD : NEW);
    issued += 1;
    const body = JSON.stringify({
      Code: "Success",
      AccessKeyId: accessKeyId,
      AccessKeySecret: accessKeySecret,
      SecurityToken: securityToken,
      Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+/u, ""),
    });
    response.writeHead(200, { "content-type": "application/json", connection: "close" }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    credentials: credentialsProvider({ type: "uri", uri: `http://127.0.0.1:${port}/keys` }),
    issued: () => issued,
  };
}

function temporary(key: AccessKey): AccessKey {
  return { ...key, securityToken: `token-of-${key.accessKeyId}` };
}

test("case 20: a temporary key that ends early at page 5 is renewed once for ten regions, and every list is complete", async () => {
  const { credentials, issued } = await temporaryKeys();
  const { events, accepted } = await pollThrough({
    credentials,
    old: temporary(OLD),
    new: temporary(NEW),
    rotate: async () => undefined,
  });
  expect(listsOf(events)).toEqual(COMPLETE);
  expect(issued()).toBe(2);
  expect(accepted.filter((id) => id === NEW.accessKeyId)).toHaveLength(5 * REGIONS.length);
});
