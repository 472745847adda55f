/** The variables a configuration may name: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The text with every `${NAME}` replaced, or what is wrong with each that cannot be. What a variable holds is not expanded again. */
export function expandVariables(
  text: string,
  env: Environment,
): { readonly text: string } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const expanded = text.replace(/\$\{([^}]*)(\}?)/g, (_, name: string, end: string) => {
    if (end === "" || !/^[A-Za-z_]\w{0,127}$/.test(name)) {
      problems.push('a "${" must begin a variable, as in ${NAME}; there are no defaults and no other forms');
      return "";
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value === undefined) problems.push(`the environment variable ${name} is not set`);
    return value ?? "";
  });
  return problems.length > 0 ? { problems } : { text: expanded };
}
