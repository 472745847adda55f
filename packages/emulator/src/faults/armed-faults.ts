import type { FaultMatch, FaultRule } from "./fault-rule.ts";

/** What a rule can look at: a request that is right, and whose answer is known. */
export interface FaultSubject {
  readonly account: string;
  readonly region: string;
  readonly page: number;
  /** Whether the right answer ends the list. */
  readonly endsList: boolean;
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
}

export function createArmedFaults(): ArmedFaults {
  let counted: CountedFault[] = [];
  return {
    get armed() {
      return counted.map((fault) => ({ ...fault }));
    },
    arm(rules) {
      counted = [...counted, ...rules.map((rule) => ({ rule, matched: 0, hits: 0 }))];
    },
    disarm() {
      counted = [];
    },
    hit(subject) {
      let delayMs = 0;
      for (const fault of counted) {
        if (!fires(fault, subject)) continue;
        if (fault.rule.action.type !== "delay") return { delayMs, fault };
        delayMs += fault.rule.action.ms;
      }
      return { delayMs, fault: undefined };
    },
  };
}

function fires(fault: CountedFault, subject: FaultSubject): boolean {
  const { rule } = fault;
  if (rule.times !== "forever" && fault.hits >= rule.times) return false;
  if (!agrees(rule.match, subject) || (spellsTheEnd(rule) && !subject.endsList)) return false;
  fault.matched += 1;
  if (fault.matched < (rule.match.nth ?? 1)) return false;
  fault.hits += 1;
  return true;
}

function agrees({ account, region, page }: FaultMatch, subject: FaultSubject): boolean {
  return (
    (account === undefined || account === subject.account) &&
    (region === undefined || region === subject.region) &&
    (page === undefined || page === subject.page)
  );
}

function spellsTheEnd({ action }: FaultRule): boolean {
  return (
    action.type === "token" && (action.token === "absent" || action.token === "null" || action.token === "two-quotes")
  );
}
