import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { DEVELOPMENT_SIGNING_SECRET } from "@fc-async/slack-sim";

const mainPath = new URL("../src/main.ts", import.meta.url).pathname;

interface Finished {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

function run(...args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(process.execPath, [mainPath, ...args], { env: {} }, (error, output, errors) => {
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ exitCode, output, errors });
    });
  });
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return `http://127.0.0.1:${address.port}/slack/events`;
}

function answering(status: number, body: string, contentType = "application/json"): RequestListener {
  return (_, response) => void response.writeHead(status, { "content-type": contentType }).end(body);
}

test("prints the answer of the app and ends with 0", async () => {
  const url = await serve(answering(200, '{"text":"1 function","blocks":[]}'));
  expect(await run("--url", url, "/fc-async services")).toEqual({ exitCode: 0, output: "1 function\n", errors: "" });
});

test("posts the typed words as command and text, whether quoted together or not", async () => {
  const bodies: string[] = [];
  const url = await serve((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const fields = new URLSearchParams(body);
      bodies.push(`${fields.get("command")}|${fields.get("text")}`);
      response.end();
    });
  });
  await run("--url", url, "/fc-async list orders");
  await run("--url", url, "/other", "list", "orders");
  await run("--url", url, "services");
  await run("--url", url);
  expect(bodies).toEqual(["/fc-async|list orders", "/other|list orders", "/fc-async|services", "/fc-async|"]);
});

test("asks whether the product runs when nothing listens", async () => {
  const url = await serve(answering(200, ""));
  const unused = url.replace(/:\d+\//u, ":1/");
  const result = await run("--url", unused, "/fc-async");
  expect(result.exitCode).toBe(1);
  expect(result.errors).toContain("is `pnpm start` running?");
});

test("reports a refusal without showing the secret", async () => {
  const url = await serve(answering(401, ""));
  const result = await run("--url", url, "/fc-async");
  expect(result.exitCode).toBe(1);
  expect(result.errors).toContain("the app answered 401; do both sides use the same SLACK_SIGNING_SECRET");
  expect(result.errors).not.toContain(DEVELOPMENT_SIGNING_SECRET);
});

test("prints a message that breaks a limit, says which one, and ends with 1", async () => {
  const url = await serve(answering(200, JSON.stringify({ text: "", blocks: [{ type: "divider" }] })));
  const result = await run("--url", url, "/fc-async");
  expect(result.output).toContain("───");
  expect(result.errors).toContain("Slack would refuse this message: text: is empty");
  expect(result.exitCode).toBe(1);
});

test.each([
  ["[]", "not an object"],
  ['{"blocks":{}}', "blocks is not a list of objects"],
  ['{"blocks":[null]}', "blocks is not a list of objects"],
  ['{"response_type":"everyone"}', 'response_type is "everyone"'],
])("calls JSON that is no message a failed command: %s", async (body, problem) => {
  const url = await serve(answering(200, body));
  const { exitCode, errors } = await run("--url", url, "/fc-async");
  expect({ exitCode, errors }).toEqual({ exitCode: 1, errors: expect.stringContaining(problem) });
});

test("shows no secret of the environment in its help", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [mainPath, "--help"], {
    env: { SLACK_SIGNING_SECRET: "CanarySigningSecret0000" },
  });
  expect(stdout).toContain("--signing-secret");
  expect(stdout).not.toContain("Canary");
});
