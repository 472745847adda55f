/** How the colours are chosen: as the system has it, or by hand. */
export const THEMES = ["auto", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

/** What keeps the choice: the browser's storage. */
export type ThemeStorage = Pick<Storage, "getItem" | "setItem">;

const KEY = "fc-async-explorer.theme";

/** What was chosen last. `auto` when nothing was, or when the browser keeps nothing. */
export function storedTheme(storage: Pick<ThemeStorage, "getItem">): Theme {
  const stored = storage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? "auto";
}

/** Puts a theme on the page and keeps it for the next visit. */
export function applyTheme(
  theme: Theme,
  root: Pick<HTMLElement, "dataset">,
  storage: Pick<ThemeStorage, "setItem">,
): void {
  if (theme === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  storage.setItem(KEY, theme);
}
