import type { Reporter, TestModule } from "vitest/node";

/** Prints a line for each test that was skipped, with its reason: the default reporter only counts them. */
export class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const module of modules) {
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const reason = result.state === "skipped" ? result.note : undefined;
        console.log(`skipped: ${test.fullName} (${reason ?? "no reason given"})`);
      }
    }
  }
}
