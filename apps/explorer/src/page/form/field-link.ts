import { createContext, type Context } from "preact";
import { useContext, useMemo, useState } from "preact/hooks";
import type { FieldName } from "../../request/explorer-request.ts";

/** Which field is pointed at, in the form or in a stage of the signature. */
export interface FieldLink {
  readonly linked: FieldName | undefined;
  /** The pointer is over the field, or over a part of it; `undefined` when it left. */
  readonly hover: (name: FieldName | undefined) => void;
  /** The same of the focus, which counts where the pointer is over neither. */
  readonly focus: (name: FieldName | undefined) => void;
}

export const FieldLinkContext: Context<FieldLink> = createContext<FieldLink>({
  linked: undefined,
  hover: () => {},
  focus: () => {},
});

/** The link between fields and the parts that came from them. */
export function useFieldLink(): FieldLink {
  return useContext(FieldLinkContext);
}

/** Makes the link, for the page to provide. */
export function useNewFieldLink(): FieldLink {
  const [hovered, hover] = useState<FieldName>();
  const [focused, focus] = useState<FieldName>();
  return useMemo(() => ({ linked: hovered ?? focused, hover, focus }), [hovered, focused]);
}
