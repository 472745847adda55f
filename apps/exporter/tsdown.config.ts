import { defineConfig } from "tsdown";

// Two files: a container is Node plus these. The second is the thread that compares passwords, which daemon looks for beside the first.
export default defineConfig({
  entry: { main: "src/main.ts", "bcrypt-worker": "../../packages/daemon/src/web/bcrypt-worker.ts" },
  platform: "node",
  fixedExtension: false,
  dts: false,
  deps: { alwaysBundle: [/.*/], onlyBundle: false },
});
