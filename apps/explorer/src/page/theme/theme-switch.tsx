import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Choice } from "../controls/choice.tsx";
import { MonitorIcon, MoonIcon, SunIcon } from "../controls/icons.tsx";
import { applyTheme, storedTheme, type Theme, type ThemeStorage } from "./theme.ts";

const OPTIONS = [
  { value: "auto", label: <MonitorIcon />, title: "As the system" },
  { value: "light", label: <SunIcon />, title: "Light" },
  { value: "dark", label: <MoonIcon />, title: "Dark" },
] as const;

/** Light, dark, or as the system has it. */
export function ThemeSwitch({ storage }: { readonly storage: ThemeStorage }): JSX.Element {
  const [theme, setTheme] = useState<Theme>(() => storedTheme(storage));
  const choose = (chosen: Theme): void => {
    applyTheme(chosen, document.documentElement, storage);
    setTheme(chosen);
  };
  return <Choice name="theme" legend="Colours" options={OPTIONS} selected={theme} onSelect={choose} />;
}
