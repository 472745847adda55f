import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    verify: "src/verify/index.ts",
    "error-catalogue": "src/errors/generated/error-catalogue.ts",
    node: "src/node/index.ts",
  },
  platform: "neutral",
  fixedExtension: false,
  dts: true,
});
