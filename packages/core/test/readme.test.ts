import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { listing } from "./readme-example.ts";
import { ACCOUNT_ID, KEY, list } from "./scene.ts";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

test("the program of the README lists every function", async () => {
  const [, code] = /```ts\n(.*?)```/su.exec(read("../README.md")) ?? [];
  expect(code).toBe(read("readme-example.ts"));
  const pages = list(2);
  vi.stubGlobal("fetch", async () => Response.json(pages.shift()));
  const lines = await listing(ACCOUNT_ID, KEY.accessKeyId, KEY.accessKeySecret);
  vi.unstubAllGlobals();
  expect(lines).toHaveLength(6);
  expect(lines[5]).toBe("service-2 function-2 LATEST");
});
