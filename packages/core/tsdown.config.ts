import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    schema: "src/generated/schema.ts",
  },
  platform: "neutral",
  fixedExtension: false,
  dts: true,
});
