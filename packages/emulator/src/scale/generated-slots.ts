import type { FunctionRow } from "../account.ts";
import { mixed } from "../random/mixed.ts";
import type { SlotList } from "./slot-list.ts";
import type { GeneratedRows } from "./generated-rows.ts";

/** One spare function for so many regular ones, and at least one in a service. */
const FUNCTIONS_PER_SPARE = 16;
const DEFAULT_SEED = 1;

const WORDS = {
  plain: ["billing", "export", "image", "import", "index", "mail", "order", "report", "sync", "video"],
  hostile: [
    'quo"te',
    "back\\slash",
    "line\nbreak",
    "a,b:c",
    "emoji-🚀",
    "rtl-\u202Egnp.exe",
    "<script>",
    "__proto__",
    "=1+1",
    "nul-\u0000",
  ],
} as const;

/**
 * The slots of generated rows. A name begins with its number, of the same width for all, so that the order of the numbers is
 * the byte order of the names; behind it stands a word the seed chooses.
 *
 * @param withSpares - whether there are functions that churn may add
 */
export function generatedSlots({ generate }: GeneratedRows, withSpares: boolean): SlotList {
  const { services, functions, qualifiers = 1, names = "plain", seed = DEFAULT_SEED } = generate;
  const spares = withSpares ? Math.max(1, Math.floor(functions / FUNCTIONS_PER_SPARE)) : 0;
  const slotsPerService = (functions + spares) * qualifiers;
  const regularPerService = functions * qualifiers;
  const serviceDigits = digitsOf(services);
  const functionDigits = digitsOf(functions + spares);
  const qualifierDigits = digitsOf(qualifiers - 1);
  const words = WORDS[names];
  const word = (...numbers: readonly number[]): string => words[mixed(seed, ...numbers) % words.length] ?? "";

  return {
    count: services * slotsPerService,
    row(slot): FunctionRow {
      const service = Math.floor(slot / slotsPerService);
      const fn = Math.floor((slot % slotsPerService) / qualifiers);
      const qualifier = (slot % qualifiers) + 1;
      return {
        serviceName: `service-${padded(service + 1, serviceDigits)}-${word(service)}`,
        functionName: `function-${padded(fn + 1, functionDigits)}-${word(service, fn)}`,
        // Digits stand before letters in byte order.
        qualifier: qualifier === qualifiers ? "LATEST" : padded(qualifier, qualifierDigits),
      };
    },
    isSpare: (slot) => slot % slotsPerService >= regularPerService,
    regularBefore(slot) {
      const service = Math.floor(slot / slotsPerService);
      return service * regularPerService + Math.min(slot % slotsPerService, regularPerService);
    },
  };
}

function digitsOf(count: number): number {
  return String(Math.max(1, count)).length;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, "0");
}
