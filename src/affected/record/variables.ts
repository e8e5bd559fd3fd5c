import { digestOf } from "./conditions.js";

/** What stands for all variables. */
export const anyVariable = "*";

/** Variables that differ from one start to the next, and that nobody means who looks at all of them. */
const volatile: ReadonlySet<string> = new Set([
  ...["_", "SHLVL", "OLDPWD", "PWD", "PPID", "COLUMNS", "LINES", "WINDOWID", "npm_lifecycle_event"],
]);

/** Digests of variables of this process by name, null for what is not set: values may be secrets. */
export function variablesNow(names: readonly string[] | null): Record<string, string | null> {
  if (names === null) return { [anyVariable]: digestOfAll() };
  return Object.fromEntries(names.map((name) => [name, valueDigest(name)]));
}

/** Which of the recorded variables is another one now. */
export function changedVariables(before: Readonly<Record<string, string | null>>): string[] {
  return Object.entries(before).flatMap(([name, digest]) => {
    const now = name === anyVariable ? digestOfAll() : valueDigest(name);
    return now === digest ? [] : [name];
  });
}

function valueDigest(name: string): string | null {
  const value = process.env[name];
  return value === undefined ? null : digestOf(value);
}

function digestOfAll(): string {
  const names = Object.keys(process.env).filter(
    (name) => !volatile.has(name) && !name.startsWith("LUACOV_TS_"),
  );
  return digestOf(JSON.stringify(names.sort().map((name) => [name, process.env[name]])));
}
