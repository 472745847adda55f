import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundle } from "lightningcss";
import { defineConfig, type UserConfig } from "tsdown";

const PAGE = fileURLToPath(new URL("src/page/", import.meta.url));

export default defineConfig([
  // The program is one file beside the page's folder: a container is Node plus these.
  {
    name: "program",
    entry: { main: "src/main.ts" },
    platform: "node",
    fixedExtension: false,
    dts: false,
    clean: ["dist/*.js"],
    deps: { alwaysBundle: [/.*/], onlyBundle: false },
  },
  {
    name: "page",
    entry: { page: "src/page/main.tsx" },
    outDir: "dist/page",
    tsconfig: "src/page/tsconfig.json",
    platform: "browser",
    target: "es2024",
    dts: false,
    minify: true,
    report: { gzip: true },
    deps: { alwaysBundle: [/.*/], onlyBundle: false },
    outputOptions: { entryFileNames: "assets/[hash].js" },
    plugins: [documentAndStyles()],
  },
]);

/** Emits the stylesheet under the hash of its bytes, and the document that names it and the script. */
function documentAndStyles(): NonNullable<UserConfig["plugins"]> {
  return {
    name: "document-and-styles",
    async generateBundle(_options, chunks) {
      const script = Object.values(chunks).find((chunk) => chunk.type === "chunk" && chunk.isEntry);
      if (script === undefined) throw new Error("the page has no script");
      const { code } = bundle({ filename: `${PAGE}styles/page.css`, minify: true });
      const style = `assets/${createHash("sha256").update(code).digest("hex").slice(0, 8)}.css`;
      this.emitFile({ type: "asset", fileName: style, source: code });
      const template = await readFile(`${PAGE}index.html`, "utf8");
      const document = template.replace("{script}", `/${script.fileName}`).replace("{style}", `/${style}`);
      this.emitFile({ type: "asset", fileName: "index.html", source: document });
    },
  };
}
