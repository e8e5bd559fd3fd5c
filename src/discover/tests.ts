import { realpathSync, statSync } from "node:fs";
import path from "node:path";
import fastGlob from "fast-glob";
import { noTestFiles } from "../errors.js";
import { dependencyFolders } from "./verdict.js";

/**
 * The test files that patterns name, as sorted, absolute, real paths. A pattern is a glob, a file, or a
 * folder, which means every `.lua` file in it. Throws NO_TESTS when there is none.
 */
export function findTests(patterns: readonly string[], cwd: string): string[] {
  const globs = patterns.map((pattern) => toGlob(pattern, cwd));
  const files = fastGlob.sync(globs, { cwd, absolute: true, dot: true, ignore: [...dependencyFolders] });
  if (files.length === 0) throw noTestFiles(patterns, cwd);
  return [...new Set(files.map((file) => realpathSync(file)))].sort();
}

function toGlob(pattern: string, cwd: string): string {
  const stats = statSync(path.resolve(cwd, pattern), { throwIfNoEntry: false });
  if (stats?.isDirectory()) return `${fastGlob.convertPathToPattern(pattern)}/**/*.lua`;
  if (stats !== undefined) return fastGlob.convertPathToPattern(pattern);
  // On Windows people write backslashes, which in a glob would escape the next character.
  return path.sep === "\\" ? pattern.replaceAll("\\", "/") : pattern;
}
