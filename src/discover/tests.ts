import { realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import fastGlob from "fast-glob";
import micromatch from "micromatch";
import { noTestFiles } from "../errors.js";
import { testFolders } from "./testCode.js";
import { dependencyFolders } from "./verdict.js";

const commandNames = ["run", "exec", "report", "merge", "check-coverage"] as const;

/** The test files of the usual folders, as `findTests` has them. Throws NO_TESTS when there is none. */
export function findDefaultTests(cwd: string): string[] {
  const folders = testFolders.filter((folder) => statsOf(folder, cwd)?.isDirectory());
  const files = folders.flatMap((folder) => filesOf(folder, cwd));
  if (files.length === 0) throw noTestFiles(testFolders, cwd);
  return realFiles(files, cwd);
}

/**
 * The test files that patterns name, as sorted, absolute, real paths. A pattern is a file, a glob, or a folder,
 * which means the files with `_spec` in their names when it has any, as in busted, else every `.lua` file in it;
 * a glob or folder with "!" in front takes files out. Throws NO_TESTS when there is none, and for a file or
 * folder without any: a mistyped name must not pass for a green run.
 */
export function findTests(patterns: readonly string[], cwd: string): string[] {
  const unwanted = patterns.filter((pattern) => isNegated(pattern, cwd));
  const wanted = patterns.filter((pattern) => !unwanted.includes(pattern));
  const takesOut = negation(unwanted);
  const found = wanted.map((pattern) => filesOf(pattern, cwd).filter((file) => !takesOut(file)));
  const empty = wanted.filter((pattern, index) => found[index]?.length === 0 && !isGlob(pattern));
  // A command is the first operand.
  if (empty.length > 0) throw noTestFiles(empty, cwd, empty[0] === patterns[0] ? commandNames : []);
  const files = realFiles(found.flat(), cwd);
  if (files.length === 0) throw noTestFiles(patterns, cwd);
  return files;
}

/** Which of the files in a folder are tests: by their base names, and with or without those in its folders. */
export interface Choice {
  readonly accepts: (name: string) => boolean;
  readonly recursive: boolean;
}

/**
 * The test files that busted finds in files and folders of `root`, of which a file is one by itself; as sorted,
 * absolute, real paths. Throws NO_TESTS when a root does not exist, and when there is no test file.
 */
export function findInRoots(
  roots: readonly string[],
  root: string,
  { accepts, recursive }: Choice,
): string[] {
  const missing = roots.filter((each) => statsOf(each, root) === undefined);
  if (missing.length > 0) throw noTestFiles(missing, root);
  const files = roots.flatMap((each) => {
    if (statsOf(each, root)?.isFile()) return [each];
    const found = search("**/*.lua", path.resolve(root, each)).filter((file) => !isHidden(file));
    const tests = found.filter((file) => accepts(path.basename(file)) && (recursive || !file.includes("/")));
    return tests.map((file) => path.join(each, file));
  });
  if (files.length === 0) throw noTestFiles(roots, root);
  return realFiles(files, root);
}

function realFiles(files: readonly string[], cwd: string): string[] {
  return [...new Set(files.map((file) => realpathSync(path.resolve(cwd, file))))].sort();
}

/** Paths of files relative to `cwd`. Not fast-glob's absolute ones: it takes a backslash in a name for a "/". */
function filesOf(pattern: string, cwd: string): string[] {
  const stats = statsOf(pattern, cwd);
  if (stats?.isFile()) return [path.relative(cwd, path.resolve(cwd, pattern))];
  if (stats?.isDirectory()) {
    const folder = path.resolve(cwd, pattern);
    const files = search("**/*.lua", folder).map((file) => path.relative(cwd, path.join(folder, file)));
    const specs = files.filter((file) => path.basename(file).includes("_spec") && !isHidden(file));
    return specs.length === 0 ? files : specs;
  }
  return pattern === ""
    ? []
    : search(toGlob(pattern), cwd).map((file) => path.relative(cwd, path.resolve(cwd, file)));
}

function search(glob: string, cwd: string): string[] {
  return fastGlob.sync(glob, { cwd, dot: true, ignore: [...dependencyFolders], suppressErrors: true });
}

/** As in busted: a file or folder whose name begins with a dot; "." and ".." are none. */
function isHidden(file: string): boolean {
  return file.split(path.sep).some((name) => /^\.[^.]/.test(name));
}

/** Whether a path is taken out by any of the patterns with "!". */
function negation(patterns: readonly string[]): (file: string) => boolean {
  const globs = patterns.map((pattern) => toGlob(pattern.slice(1)).replace(/^\.\//, "").replace(/\/$/, ""));
  const withContents = globs.flatMap((glob) => [glob, `${glob}/**`]);
  return (file) => micromatch.isMatch(file, withContents, { dot: true });
}

function isNegated(pattern: string, cwd: string): boolean {
  return pattern.startsWith("!") && pattern.length > 1 && statsOf(pattern, cwd) === undefined;
}

function isGlob(pattern: string): boolean {
  return pattern !== "" && fastGlob.isDynamicPattern(pattern);
}

function statsOf(pattern: string, cwd: string): Stats | undefined {
  try {
    return pattern === "" ? undefined : statSync(path.resolve(cwd, pattern));
  } catch {
    return undefined;
  }
}

/** On Windows people write backslashes, which in a glob would escape the next character. */
function toGlob(pattern: string): string {
  return path.sep === "\\" ? pattern.replaceAll("\\", "/") : pattern;
}
