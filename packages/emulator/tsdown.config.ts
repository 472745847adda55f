import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
  },
  platform: "neutral",
  fixedExtension: false,
  dts: true,
});
