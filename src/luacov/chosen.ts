import type { LuacovScope } from "../types.js";
import { compiled, moduleSource, plainName } from "./modules.js";
import { findMatch } from "./pattern/match.js";

const absoluteStart = /^\^(?:\/|%a:|\w:)/;

/** Why LuaCov would not measure a file by the name that Lua has for it; null for one that it would. */
export function leftOutBy(
  { include, exclude, modules }: LuacovScope,
  name: string,
  absolute = name,
): string | null {
  const [plain, whole] = [plainName(name), plainName(absolute)];
  // Only an absolute path begins so.
  const matches = (pattern: string) =>
    findMatch(compiled(pattern), absoluteStart.test(pattern) ? whole : plain) !== null;
  const wanted = include === null ? [] : [...include, ...modules.map(({ pattern }) => pattern)];
  if (wanted.length > 0 && !wanted.some(matches)) return "matched by no include pattern of .luacov";
  const excluding = exclude.find(matches);
  return excluding === undefined ? null : `excluded by ${excluding} of .luacov`;
}

/** The source that a name in LuaCov's stats stands for; null for what it would not report. */
export function chosenSource(scope: LuacovScope, name: string): string | null {
  return leftOutBy(scope, name) === null ? (moduleSource(scope.modules, name) ?? name) : null;
}
