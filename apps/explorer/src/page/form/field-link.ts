import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { FieldName } from "../../request/explorer-request.ts";

/** Which field is pointed at, in the form or in a stage of the signature. */
export interface FieldLink {
  readonly linked: FieldName | undefined;
  readonly link: (name: FieldName | undefined) => void;
}

export const FieldLinkContext: import("preact").Context<FieldLink> = createContext<FieldLink>({
  linked: undefined,
  link: () => {},
});

/** The link between fields and the parts that came from them. */
export function useFieldLink(): FieldLink {
  return useContext(FieldLinkContext);
}
