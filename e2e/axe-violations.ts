import axe from "axe-core";
import type { Page } from "playwright-core";
import { z } from "zod";

/** What axe finds on the page as it stands: the rule, and where. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // By the debugger, which no content security policy binds.
  await page.evaluate(axe.source);
  const result: unknown = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const { violations } = z
    .object({
      violations: z.array(
        z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
      ),
    })
    .parse(result);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
  );
}
