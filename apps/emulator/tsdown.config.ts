import { defineConfig } from "tsdown";

export default defineConfig([
  // The program is one file: a container is Node plus this.
  {
    entry: { main: "src/main.ts" },
    platform: "node",
    fixedExtension: false,
    dts: false,
    outputOptions: { codeSplitting: false },
    deps: { alwaysBundle: [/.*/], onlyBundle: false },
  },
  // The server for tests of others, who bring their own emulator.
  { entry: { index: "src/index.ts" }, platform: "node", fixedExtension: false, dts: true, clean: false },
]);
