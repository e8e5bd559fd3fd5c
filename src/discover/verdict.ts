import path from "node:path";
import micromatch from "micromatch";
import type { Scope, Verdict } from "../types.js";
import { testCode, testOfRun } from "./testCode.js";

/** Folders of other people's code, left out unless `exclude` takes them back in with a negated pattern. */
export const dependencyFolders = ["**/lua_modules/**", "**/node_modules/**", "**/.luarocks/**"] as const;

/** As minimatch, which nyc uses: `a/` and `a/**` do not mean a file of the name `a`. */
const globOptions = { dot: true, strictSlashes: true } as const;

const measured: Verdict = { measured: true, reason: "under the project root" };

/** Whether the file at an absolute, real path is measured, and why. The meaning of the patterns is nyc's. */
export function verdict(scope: Scope, file: string): Verdict {
  const name = relativeName(scope.root, file);
  if (name === null) return not(`outside the project root ${scope.root}`);
  const own = testOfRun(scope, file);
  if (own !== null) return not(own);
  if (!scope.extension.some((extension) => file.endsWith(extension))) {
    return not(`no extension of ${scope.extension.join(", ")}`);
  }
  const include = scope.include.filter((pattern) => !isNegated(pattern));
  if (include.length > 0 && firstMatch(name, include) === null) return not("matched by no include pattern");
  const reason = exclusion(scope, name);
  return reason === null ? measured : not(reason);
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

/** The pattern that excludes a file, or why it is code of tests. A negated exclude pattern takes it back in; a negated include excludes. */
function exclusion(scope: Scope, name: string): string | null {
  const exclude = [...dependencyFolders, ...scope.exclude.filter((pattern) => !isNegated(pattern))];
  const negatedIncludes = scope.include.filter(isNegated).map(withoutNegation);
  const negatedExcludes = scope.exclude.filter(isNegated).map(withoutNegation);
  const excludedBy = firstMatch(name, [...exclude, ...negatedIncludes]);
  const reason = excludedBy === null ? testCode(scope, name) : `excluded by ${excludedBy}`;
  return reason === null || firstMatch(name, negatedExcludes) !== null ? null : reason;
}

function firstMatch(name: string, patterns: readonly string[]): string | null {
  return patterns.find((pattern) => micromatch.isMatch(name, expand(pattern), globOptions)) ?? null;
}

/** As in .gitignore, and in nyc: a pattern also means everything in a folder of that name. */
function expand(pattern: string): string[] {
  const inFolder = pattern.endsWith("/**") ? [] : [`${pattern.replace(/\/$/, "")}/**`];
  return [pattern, ...inFolder].map((each) => each.replace(/^\.\//, "")).filter((each) => each !== "");
}

const isNegated = (pattern: string) => pattern.startsWith("!");
const withoutNegation = (pattern: string) => pattern.slice(1);
