import path from "node:path";
import { isFile, readContent, realPath } from "../files/files.js";
import { leftOutBy } from "../luacov/chosen.js";
import { moduleSource } from "../luacov/modules.js";
import type { Scope, Verdict } from "../types.js";
import { bySign, expandPatterns, type GlobList, listOf } from "./globs.js";
import { testCode, testOfRun } from "./testCode.js";

/** Folders of other people's code, left out unless `exclude` takes them back in with a negated pattern. */
export const dependencyFolders = ["**/lua_modules/**", "**/node_modules/**", "**/.luarocks/**"] as const;

const measured: Verdict = { measured: true, reason: "under the project root" };

/** What TypeScriptToLua writes beside what was compiled. */
const compilersOwn = ["**/lualib_bundle.lua"] as const;

/** Whether the file at an absolute, real path is measured, and why. The meaning of the patterns is nyc's. */
export function verdict(scope: Scope, file: string): Verdict {
  const source = sourceOf(scope, file);
  if (source !== file) return verdict(scope, source);
  const name = relativeName(scope.root, file);
  if (name === null) return not(`outside the project root ${scope.root}`);
  const own = testOfRun(scope, file);
  if (own !== null) return not(own);
  if (!hasExtension(scope, file)) return not(`no extension of ${scope.extension.join(", ")}`);
  const { include, exclude, takenBack } = patternsOf(scope);
  if (include !== null && include.firstMatch(name) === null) return not("matched by no include pattern");
  const excludedBy = exclude.firstMatch(name);
  const byLuacov = scope.luacov ? leftOutBy(scope.luacov, name, file) : null;
  if (byLuacov !== null) return not(byLuacov);
  const reason = excludedBy === null ? testCode(scope, name) : `excluded by ${excludedBy}`;
  return reason === null || takenBack.firstMatch(name) !== null ? measured : not(reason);
}

/** The source of a file: itself, or that of which it is an installed copy, the same text, by `modules` of .luacov. */
export function sourceOf({ root, luacov }: Scope, file: string): string {
  const rules = luacov?.modules ?? [];
  if (rules.length === 0) return file;
  const target = moduleSource(rules, relativeName(root, file) ?? file);
  const source = target === null ? file : path.resolve(root, target);
  return isFile(source) && haveSameText(source, file) ? realPath(source) : file;
}

/** A module that `*` stands for may be found in several places, and be another one in each. */
function haveSameText(file: string, other: string): boolean {
  try {
    return file === other || readContent(file).equals(readContent(other));
  } catch {
    return false;
  }
}

/**
 * Whether a folder below the root, named with "/", can hold a measured file. A negated pattern can take back in
 * what any other one excludes, and what git keeps for itself.
 */
export function mayHoldSources(scope: Scope, folder: string): boolean {
  const { include, exclude, canTakeBack } = patternsOf(scope);
  if (include !== null && !include.mayMatchIn(folder)) return false;
  return canTakeBack || !(exclude.matchesAllIn(folder) || path.posix.basename(folder) === ".git");
}

/** No extension at all means any, as in nyc. */
function hasExtension({ extension }: Scope, file: string): boolean {
  return extension.length === 0 || extension.some((each) => file.endsWith(each));
}

/** The path below the root with forward slashes, or null for what is not below it. */
function relativeName(root: string, file: string): string | null {
  const relative = path.relative(root, file);
  if (relative === "" || relative.split(path.sep)[0] === ".." || path.isAbsolute(relative)) return null;
  return relative.split(path.sep).join("/");
}

function not(reason: string): Verdict {
  return { measured: false, reason };
}

interface Patterns {
  /** Null where everything is included. */
  readonly include: GlobList | null;
  readonly exclude: GlobList;
  readonly takenBack: GlobList;
  readonly canTakeBack: boolean;
}

const known = new WeakMap<Scope, Patterns>();

function patternsOf(scope: Scope): Patterns {
  const found = known.get(scope) ?? compiled(scope);
  known.set(scope, found);
  return found;
}

/**
 * The lists of a scope as test-exclude makes them, in its order: a negated include pattern excludes, a negated
 * exclude pattern takes back in, and what two signs mean follows from that.
 */
function compiled(scope: Scope): Patterns {
  const include = bySign(expandPatterns(scope.include));
  const exclude = bySign([
    ...expandPatterns([...scope.exclude, ...dependencyFolders, ...compilersOwn]),
    ...include.negated,
  ]);
  return {
    include: scope.include.length === 0 ? null : listOf(include.plain),
    exclude: listOf(exclude.plain),
    takenBack: listOf(exclude.negated),
    canTakeBack: exclude.negated.length > 0,
  };
}
