import { endpointFor } from "@fc-async/protocol";
import type { JSX } from "preact";
import type { ExplorerRequest } from "../request/explorer-request.ts";
import { BrandMark } from "./controls/icons.tsx";
import type { EndpointChoice } from "./page-state.ts";
import { ThemeSwitch } from "./theme/theme-switch.tsx";
import type { ThemeStorage } from "./theme/theme.ts";

const TARGETS = {
  emulator: "Emulator",
  real: "Real service",
  own: "Own endpoint",
} as const satisfies Record<EndpointChoice, string>;

interface HeaderProps {
  readonly choice: EndpointChoice;
  readonly request: ExplorerRequest | undefined;
  readonly themeStorage: ThemeStorage;
}

/** What this page is, and where its requests go. */
export function Header({ choice, request, themeStorage }: HeaderProps): JSX.Element {
  const host =
    request === undefined ? undefined : new URL(endpointFor({ ...request, template: request.endpoint })).host;
  return (
    <header class="header">
      <div class="brand">
        <BrandMark />
        <h1>
          <span>fc-async</span> explorer
        </h1>
        <p>Try ListStatefulAsyncInvocationFunctions, and see how it is signed</p>
      </div>
      <div class="header-end">
        <p class="target" title={host === undefined ? undefined : `Requests go to ${host}`}>
          <span class={choice === "emulator" ? "dot" : "dot is-real"} />
          <span class="visually-hidden">Requests go to: </span>
          {TARGETS[choice]}
          {host !== undefined && <span class="target-host">{host}</span>}
        </p>
        <ThemeSwitch storage={themeStorage} />
      </div>
    </header>
  );
}
