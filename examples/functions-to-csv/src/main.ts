import { functionsToCsv } from "./functions-to-csv.ts";

try {
  process.stdout.write(await functionsToCsv(process.env));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  console.error(`functions-to-csv: ${error.message}`);
  process.exitCode = 1;
}
