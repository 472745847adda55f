import { createEmulator, demoAccounts, type Account, type Emulator } from "@fc-async/emulator";

/** Accounts for a page that shows something to look at: the demo, and one whose key nobody knows. */
export interface TroubledDemo {
  readonly emulator: Emulator;
  /** As a configuration names them. */
  readonly accounts: readonly Account[];
  /** Takes the permission away in one region. */
  readonly deny: () => void;
}

export function troubledDemo(): TroubledDemo {
  const emulator = createEmulator({ accounts: demoAccounts() });
  const broken: Account = {
    accountId: "1000000000000009",
    accessKeys: [{ accessKeyId: "LTAI5tExampleKeyId0009", accessKeySecret: "ExampleSecret0000000000000009" }],
    regions: { "cn-hangzhou": [] },
  };
  return {
    emulator,
    accounts: [...demoAccounts(), broken],
    deny: () =>
      emulator.faults.arm([
        {
          match: { region: "eu-central-1" },
          times: "forever",
          action: { type: "status", status: 403, code: "AccessDenied", message: "you are not allowed to do this" },
        },
      ]),
  };
}
