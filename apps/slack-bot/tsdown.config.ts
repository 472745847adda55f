import { defineConfig } from "tsdown";

// The folder is whole: a container is Node plus this. What is loaded late stays in files of its own.
export default defineConfig({
  entry: { main: "src/main.ts" },
  platform: "node",
  fixedExtension: false,
  dts: false,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
});
