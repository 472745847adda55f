import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "{packages,apps}/*/test/**/*.test.ts",
      "{openapi,e2e,bench}/test/**/*.test.ts",
      "examples/*/test/**/*.test.ts",
    ],
    testTimeout: 20_000,
  },
});
