import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    index: "src/index.ts",
    "bcrypt-worker": "src/web/bcrypt-worker.ts",
  },
  platform: "node",
  fixedExtension: false,
  dts: true,
});
