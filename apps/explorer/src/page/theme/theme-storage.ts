import type { ThemeStorage } from "./theme.ts";

/** The browser's storage; where it is switched off, one that forgets with the page. */
export function themeStorage(): ThemeStorage {
  try {
    return localStorage;
  } catch {
    const kept = new Map<string, string>();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
  }
}
