import { defineConfig } from "tsdown";

export default defineConfig([
  // The program: a container is Node plus this folder. What TLS and the admin API need stands in files of its own, read when asked for.
  {
    entry: { main: "src/main.ts" },
    platform: "node",
    fixedExtension: false,
    dts: false,
    deps: { alwaysBundle: [/.*/], onlyBundle: false },
  },
  // The server for tests of others, who bring their own emulator.
  { entry: { index: "src/index.ts" }, platform: "node", fixedExtension: false, dts: true, clean: false },
]);
