import { seededRandom } from "../random/seeded-random.ts";
import { drawnDelayMs } from "./drawn-delay.ts";
import type { FaultMatch, FaultRule } from "./fault-rule.ts";

/** What a rule can look at: a request that is right, and whose answer is known. */
export interface FaultSubject {
  readonly account: string;
  readonly region: string;
  readonly page: number;
  /** Whether the right answer ends the list. */
  readonly endsList: boolean;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A rule with what it has done so far. */
export interface ArmedFault {
  readonly rule: FaultRule;
  /** Requests it agreed with, those before `nth` included. */
  readonly matched: number;
  /** Requests it hit. */
  readonly hits: number;
}

/** What hits one request. */
export interface FaultHit {
  readonly delayMs: number;
  /** The rule, for whatever it keeps between two hits; `undefined` when only delays hit. */
  readonly fault: ArmedFault | undefined;
}

/** The armed rules, in order. */
export interface ArmedFaults {
  readonly armed: readonly ArmedFault[];
  /** Adds rules behind those that are armed. */
  arm(rules: readonly FaultRule[]): void;
  disarm(): void;
  /** Every matching delay, and the first matching rule of another kind. Counts. */
  hit(subject: FaultSubject): FaultHit;
}

interface CountedFault {
  readonly rule: FaultRule;
  matched: number;
  hits: number;
  /** From 0 up to 1, the same sequence for the same seed. */
  readonly random: () => number;
}

export function createArmedFaults(): ArmedFaults {
  let counted: CountedFault[] = [];
  return {
    get armed() {
      return counted.map(({ rule, matched, hits }) => ({ rule, matched, hits }));
    },
    arm(rules) {
      counted = [...counted, ...rules.map(unhit)];
    },
    disarm() {
      counted = [];
    },
    hit(subject) {
      let delayMs = 0;
      for (const fault of counted) {
        if (!fires(fault, subject)) continue;
        const { rule, matched, hits, random } = fault;
        if (rule.action.type !== "delay") return { delayMs, fault: { rule, matched, hits } };
        delayMs += drawnDelayMs(rule.action.ms, random);
      }
      return { delayMs, fault: undefined };
    },
  };
}

function unhit(rule: FaultRule): CountedFault {
  const next = seededRandom(rule.seed ?? 0);
  return { rule, matched: 0, hits: 0, random: () => next() / 2 ** 32 };
}

function fires(fault: CountedFault, subject: FaultSubject): boolean {
  const { rule } = fault;
  if (rule.times !== "forever" && fault.hits >= rule.times) return false;
  if (!agrees(rule.match, subject) || (spellsTheEnd(rule) && !subject.endsList)) return false;
  fault.matched += 1;
  if (fault.matched < (rule.match.nth ?? 1)) return false;
  if (rule.probability !== undefined && fault.random() >= rule.probability) return false;
  fault.hits += 1;
  return true;
}

function agrees({ account, region, page, header = {} }: FaultMatch, subject: FaultSubject): boolean {
  return (
    (account === undefined || account === subject.account) &&
    (region === undefined || region === subject.region) &&
    (page === undefined || page === subject.page) &&
    Object.entries(header).every(([name, value]) => subject.headers.get(name.toLowerCase()) === value)
  );
}

function spellsTheEnd({ action }: FaultRule): boolean {
  return (
    action.type === "token" && (action.token === "absent" || action.token === "null" || action.token === "two-quotes")
  );
}
