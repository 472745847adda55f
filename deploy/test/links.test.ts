import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .trim()
  .split("\n");

interface Link {
  readonly page: string;
  readonly target: string;
}

function linksOf(page: string): readonly Link[] {
  // What stands in code is no link.
  const text = readFileSync(join(ROOT, page), "utf8").replaceAll(/```.*?```|`[^`\n]+`/gsu, "");
  return Array.from(text.matchAll(/\]\(<?(?<target>[^)\s>]+)>?\)/gu), (match) => ({
    page,
    target: match.groups?.["target"] ?? "",
  }));
}

const links = pages.flatMap((page) => linksOf(page)).filter(({ target }) => !/^[a-z]+:/u.test(target));

/** The anchors of a page, as GitHub makes them of headings. */
function anchorsOf(page: string): readonly string[] {
  const text = readFileSync(page, "utf8").replaceAll(/```.*?```/gsu, "");
  return Array.from(text.matchAll(/^#+ (?<heading>.+)$/gmu), (match) =>
    (match.groups?.["heading"] ?? "")
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test("every relative link of every Markdown file leads to a file", () => {
  expect(links.length).toBeGreaterThan(100);
  const lost = links.filter(({ page, target }) => {
    const path = target.split("#")[0] ?? "";
    return path !== "" && !existsSync(join(ROOT, dirname(page), path));
  });
  expect(lost).toEqual([]);
});

test("every link to a heading finds it", () => {
  const toHeadings = links.filter(({ target }) => target.includes("#"));
  expect(toHeadings.length).toBeGreaterThan(0);
  const lost = toHeadings.filter(({ page, target }) => {
    const [path = "", anchor = ""] = target.split("#");
    const file = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
    return file.endsWith(".md") && existsSync(file) && !anchorsOf(file).includes(anchor);
  });
  expect(lost).toEqual([]);
});
