import { defineConfig } from "vitest/config";
import { SkipReporter } from "./scripts/skip-reporter.ts";

export default defineConfig({
  test: {
    include: [
      "{packages,apps}/*/test/**/*.test.ts",
      "{openapi,deploy,e2e,bench}/test/**/*.test.ts",
      "examples/*/test/**/*.test.ts",
    ],
    globalSetup: "e2e/build-explorer-page.ts",
    reporters: ["default", new SkipReporter()],
    testTimeout: 20_000,
  },
});
