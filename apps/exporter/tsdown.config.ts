import { defineConfig } from "tsdown";

// One file: a container is Node plus this.
export default defineConfig({
  entry: { main: "src/main.ts" },
  platform: "node",
  fixedExtension: false,
  dts: false,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
});
