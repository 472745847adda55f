/** Options of which each may be left out, or be undefined. */
export type Given<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** The defaults with what was given in their place. An undefined member counts as not given, which a spread would not know. */
export function withDefaults<T extends object>(defaults: T, given: Given<T> | undefined): T {
  const known = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(known) };
}
