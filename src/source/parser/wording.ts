import type { Dialect } from "../dialect.js";

/** How the Luas word what is wrong with names, labels and limits. */

/** Lua 5.1 and LuaJIT, which comes from it. */
export function hasOldWording({ version }: Dialect): boolean {
  return version === "5.1" || version === "LuaJIT";
}

/** `line` is that of the function, 0 for the main one. */
export function tooMany(what: string, limit: number, line: number, dialect: Dialect): string {
  const where = line === 0 ? "main function" : `function at line ${line}`;
  return hasOldWording(dialect)
    ? `${where} has more than ${limit} ${what}`
    : `too many ${what} (limit is ${limit}) in ${where}`;
}

export function noLoop(line: number, { version }: Dialect): string {
  if (version === "LuaJIT") return "no loop to break";
  const isOld = version === "5.2" || version === "5.3";
  return isOld ? `<break> at line ${line} not inside a loop` : `break outside loop at line ${line}`;
}

export function noLabel(label: string, line: number, { version }: Dialect): string {
  if (version === "LuaJIT") return `undefined label '${label}'`;
  return `no visible label '${label}' for <goto> at line ${line}`;
}

export function jumpIntoScope(label: string, local: string, line: number, { version }: Dialect): string {
  if (version === "LuaJIT") return `<goto ${label}> jumps into the scope of local '${local}'`;
  const what = version === "5.5" ? `'${local}'` : `local '${local}'`;
  return `<goto ${label}> at line ${line} jumps into the scope of ${what}`;
}

export function duplicateLabel(label: string, line: number, { version }: Dialect): string {
  return version === "LuaJIT"
    ? `duplicate label '${label}'`
    : `label '${label}' already defined on line ${line}`;
}
