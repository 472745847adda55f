import { createEmulator } from "@fc-async/emulator";
import { describe, expect, test } from "vitest";
import { ACCOUNT_ID, KEY } from "./world.ts";

describe("accounts that cannot be told apart", () => {
  test("are refused, every problem at once", () => {
    const account = { accountId: ACCOUNT_ID, accessKeys: [KEY], regions: {} };
    expect(() => createEmulator({ accounts: [account, account] })).toThrow(
      expect.objectContaining({
        code: "EMULATOR_INPUT",
        problems: [
          { path: [1, "accountId"], message: `account ${ACCOUNT_ID} stands twice; join its entries` },
          {
            path: [1, "accessKeys", 0, "accessKeyId"],
            message: `access key id ${KEY.accessKeyId} stands twice; a key belongs to one account`,
          },
        ],
      }),
    );
  });
});
