import { findMatch } from "./pattern/match.js";
import { type LuaPattern, parsePattern } from "./pattern/parse.js";

/** Where the source of modules is, whatever place they are loaded from; plain data. */
export interface ModuleRule {
  /** A Lua pattern of the end of a path without `.lua`. */
  readonly pattern: string;
  /** A file, or the folder of all modules that a name with `*` stands for. */
  readonly target: string;
  readonly isFolder: boolean;
}

/** The rules for LuaCov's `modules`, in the order in which they are asked: what is more specific first. */
export function moduleRules(modules: Readonly<Record<string, string>>): ModuleRule[] {
  const names = Object.keys(modules).sort(bySpecificity);
  return names.flatMap((name) => {
    const target = (modules[name] ?? "").replaceAll("\\", "/").replace(/^\.\//, "");
    const isFolder = name.includes("*");
    const rule = { pattern: `${patternOf(name)}$`, target, isFolder };
    const init = target.endsWith("init.lua") ? [{ ...rule, pattern: `${patternOf(name)}/init$` }] : [];
    return [rule, ...init];
  });
}

/** The source of what is loaded by a name, relative as the configuration has it; null where no rule is for it. */
export function moduleSource(rules: readonly ModuleRule[], name: string): string | null {
  for (const { pattern, target, isFolder } of rules) {
    const match = findMatch(compiled(pattern), plainName(name));
    if (match === null) continue;
    return isFolder ? `${target.replace(/\/$/, "")}/${match}.lua` : target;
  }
  return null;
}

/** A path as LuaCov's patterns see it: with "/", and without `.lua`. */
export function plainName(name: string): string {
  return name.replaceAll("\\", "/").replace(/\.lua$/, "");
}

const known = new Map<string, LuaPattern>();

/** A pattern that was read before; the same few are asked for each file. */
export function compiled(pattern: string): LuaPattern {
  const found = known.get(pattern) ?? parsePattern(pattern);
  known.set(pattern, found);
  return found;
}

function patternOf(name: string): string {
  return name.replace(/[!-/:-@[-`{-~]/g, (sign) =>
    sign === "." ? "/" : sign === "*" ? "[^/]+" : `%${sign}`,
  );
}

/** From the end of the names on, a literal part comes before one with `*`; a longer name before a shorter one. */
function bySpecificity(left: string, right: string): number {
  const [own, other] = [left, right].map((name) =>
    name
      .split(".")
      .filter((part) => part !== "")
      .reverse(),
  );
  for (let index = 0; index < Math.max(own?.length ?? 0, other?.length ?? 0); index++) {
    const [first, second] = [own?.[index], other?.[index]];
    if (first === undefined) return 1;
    if (second === undefined) return -1;
    if (first.includes("*") !== second.includes("*")) return first.includes("*") ? 1 : -1;
  }
  return left < right ? -1 : 1;
}
