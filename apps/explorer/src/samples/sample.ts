/** How it is known that a sample is right: run in the tests against the emulator, or only read by a parser of its language. */
export type SampleProof = "executed" | "parsed";

export interface Sample {
  readonly id: "curl" | "typescript-core" | "typescript-sdk" | "python" | "go" | "java" | "aliyun-cli";
  /** For the tab: "curl", "TypeScript (@fc-async/core)", … */
  readonly title: string;
  /** Name of the language for highlighting and file names: "bash", "typescript", "python", "go", "java". */
  readonly language: string;
  readonly proof: SampleProof;
  /** What has to be there to run it, as a command: `npm install @fc-async/core`. */
  readonly install: string;
  /** Reads keys from the vendor's usual environment variables; never holds one. */
  readonly code: string;
}
