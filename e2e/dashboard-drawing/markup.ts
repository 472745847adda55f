/** Text as content or attribute of HTML and SVG. */
export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

/** What Grafana's colour names look like here. */
export const COLORS: Readonly<Record<string, string>> = {
  green: "#56a64b",
  orange: "#ff9830",
  red: "#e0516b",
  blue: "#5794f2",
  text: "#ccccdc",
};

/** Colours of lines, one after the other. */
export const PALETTE = [
  "#73bf69",
  "#f2cc0c",
  "#5794f2",
  "#ff9830",
  "#b877d9",
  "#5fd0d8",
  "#f2495c",
  "#96d98d",
  "#8ab8ff",
  "#ffb357",
  "#ca95e5",
  "#e0b400",
] as const;

export function paletteColor(index: number): string {
  return PALETTE[index % PALETTE.length] ?? PALETTE[0];
}
