export type { AccessKey, Account, FunctionRow, ListedAccount, RegionRows } from "./account.ts";
export type { AuthenticationVerdict } from "./auth/authentication.ts";
export type { EmulatorClock } from "./clock/emulator-clock.ts";
export type { ContractCheck } from "./contract/contract-check.ts";
export { openApiContract } from "./contract/open-api-contract.ts";
export { DEMO_ACCOUNT, demoAccounts, type DemoAccount } from "./demo/demo-accounts.ts";
export { createEmulator, type Emulator, type EmulatorOptions } from "./emulator.ts";
export type { ReceivedMessage } from "./exchange/received-message.ts";
export type { TransportFault, WireAnswer } from "./exchange/wire-answer.ts";
export type { ArmedFault } from "./faults/armed-faults.ts";
export type {
  BrokenFraming,
  DelayMs,
  FaultAction,
  FaultMatch,
  FaultRule,
  Framing,
  JunkKind,
  TokenFault,
} from "./faults/fault-rule.ts";
export { parseFaults } from "./faults/parse-faults.ts";
export { EmulatorInputError, formatPath, type InputProblem } from "./input/input-error.ts";
export { PAGINATION_MODES, parsePaginationMode, type PaginationMode } from "./pagination/pagination-mode.ts";
export type { RamPolicy, RamStatement } from "./ram/ram-policy.ts";
export type { RequestRecord } from "./requests/request-record.ts";
export type { Rows } from "./rows/row-set.ts";
export type { Churn } from "./scale/churn.ts";
export { allRows } from "./scale/all-rows.ts";
export type { GeneratedRows } from "./scale/generated-rows.ts";
export { parseSeed } from "./seed/parse-seed.ts";
export type { Seed } from "./seed/seed.ts";
export type { EmulatorState } from "./state/emulator-state.ts";
export type { RetryAfter } from "./throttle/retry-after.ts";
export type { Throttle } from "./throttle/throttle.ts";
