import { readdirSync } from "node:fs";
import path from "node:path";
import { typedCommands } from "../config/commands/commandNames.js";
import { type NamePatterns, noSuchNames, noTestFiles, noUsualTests, refusedTests } from "../errors/tests.js";
import type { LuacovError } from "../errors.js";
import { isFile, isFolder, statsOf } from "../files/files.js";
import { refusedFolder } from "../files/refused.js";
import { expandPatterns, isGlob, isNegated, listOf, withoutSign } from "./globs.js";
import { refusedFor } from "./refusedFolders.js";
import { testFolders } from "./testCode.js";
import {
  type FolderChoice,
  filesOf,
  isDependency,
  isHidden,
  luaFilesIn,
  named,
  prefixOf,
  slashed,
  toGlob,
} from "./testFiles.js";
import type { Found } from "./walk.js";

/** The test files of the usual folders, as `findTests` has them. Throws NO_TESTS when there is none. */
export function findDefaultTests(cwd: string, choice: FolderChoice = usual): string[] {
  const folders = usualFolders(cwd);
  const lost: string[] = [];
  const files = folders.flatMap((folder) => filesOf(folder, cwd, choice, lost));
  checkLost(lost, cwd);
  if (files.length > 0) return realFiles(files);
  const isUnmatched = folders.length > 0 && asksForNames(choice);
  throw (
    refused(folders, cwd) ??
    (isUnmatched ? noSuchNames(folders, cwd, choice) : noUsualTests(testFolders, cwd))
  );
}

/** Whether somebody has said what test files are called. */
function asksForNames({ pattern, excludePattern }: NamePatterns): boolean {
  return pattern.length + excludePattern.length > 0;
}

/** Those that are there. */
export function usualFolders(cwd: string): string[] {
  return testFolders.filter((folder) => isFolder(path.resolve(cwd, folder)));
}

/**
 * The test files that patterns name, as sorted, absolute, real paths. A pattern is a file, a glob, or a folder,
 * which means the files with `_spec` in their names when it has any, as in busted, else every `.lua` file in it, unless it has specs in
 * MoonScript;
 * a glob or folder with "!" in front takes files out. Throws NO_TESTS when there is none, and for a file or
 * folder without any: a mistyped name must not pass for a green run.
 */
export function findTests(patterns: readonly string[], cwd: string, choice: FolderChoice = usual): string[] {
  const unwanted = patterns.filter((pattern) => isUnwanted(pattern, cwd));
  const wanted = patterns.filter((pattern) => !unwanted.includes(pattern));
  const takesOut = negation(
    unwanted.map((pattern) => toGlob(withoutSign(pattern))),
    cwd,
  );
  const lost: string[] = [];
  const found = wanted.map((pattern) =>
    filesOf(pattern, cwd, choice, lost).filter((file) => !takesOut(file.path)),
  );
  const empty = wanted.filter((pattern, index) => found[index]?.length === 0 && !isGlob(pattern));
  // A command is the first operand.
  const commands = empty[0] === patterns[0] ? typedCommands : [];
  const isUnmatched = empty.length > 0 && empty.every((each) => isFolder(path.resolve(cwd, each)));
  if (empty.length > 0)
    throw (
      refused(empty, cwd) ??
      (isUnmatched && asksForNames(choice)
        ? noSuchNames(empty, cwd, choice)
        : noTestFiles(empty, cwd, { commands, names: namesBeside(empty[0] ?? "", cwd) }))
    );
  // Whoever takes out all that would be in a folder need not be let into it.
  checkLost(
    lost.filter((folder) => !takesOut(`${slashed(path.relative(cwd, folder))}/any.lua`)),
    cwd,
  );
  const files = realFiles(found.flat());
  if (files.length === 0) throw refused(wanted, cwd) ?? noTestFiles(patterns, cwd);
  return files;
}

const usual: FolderChoice = { pattern: [], excludePattern: [], recursive: true };

/** Which of the files in a folder are tests: by their base names, and with or without those in its folders. */
export interface Choice extends NamePatterns {
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
  { accepts, recursive, ...names }: Choice,
): string[] {
  const missing = roots.filter((each) => statsOf(path.resolve(root, each)) === null);
  if (missing.length > 0) throw refused(missing, root) ?? noTestFiles(missing, root);
  const lost: string[] = [];
  const files = roots.flatMap((each) => {
    const place = path.resolve(root, each);
    if (isFile(place)) return [named(each, place)];
    const found = luaFilesIn(place, recursive ? lost : []).filter((file) => !isHidden(file.path));
    return found.filter(
      (file) => accepts(path.basename(file.path)) && (recursive || !file.path.includes("/")),
    );
  });
  checkLost(lost, root);
  if (files.length === 0) throw refused(roots, root) ?? noSuchNames(roots, root, names);
  return realFiles(files);
}

/** That folders cannot be looked into which patterns name, and so nobody knows what is there; null where they can. */
function refused(patterns: readonly string[], cwd: string): LuacovError | null {
  const enters = (folder: string) => !isDependency(folder);
  const [found] = patterns.flatMap((pattern) => refusedFor(pattern, cwd, enters) ?? []);
  return found === undefined ? null : refusedTests(slashed(path.relative(cwd, found.folder)), found.reason);
}

/** Throws where a folder cannot be listed in which there may be tests that somebody has asked for: they would not be missed. */
function checkLost([folder]: readonly string[], cwd: string): void {
  if (folder === undefined) return;
  throw refusedTests(slashed(path.relative(cwd, folder)), refusedFolder(folder) ?? "it cannot be listed");
}

/** The names of Lua files and folders where a pattern says that one is. */
function namesBeside(pattern: string, cwd: string): string[] {
  try {
    const entries = readdirSync(path.resolve(cwd, path.dirname(pattern)), { withFileTypes: true });
    const usable = entries.filter((entry) => entry.isDirectory() || entry.name.endsWith(".lua"));
    return usable.map(({ name }) => name).sort();
  } catch {
    return [];
  }
}

function realFiles(files: readonly Found[]): string[] {
  return [...new Set(files.map(({ real }) => real))].sort();
}

/** Whether any of the globs matches a path that is relative to `cwd`. */
function negation(globs: readonly string[], cwd: string): (file: string) => boolean {
  const lists = globs.map((glob) => ({ prefix: prefixOf(glob), list: listOf(expandPatterns([glob])) }));
  return (file) => lists.some(({ prefix, list }) => list.firstMatch(spelled(file, prefix, cwd)) !== null);
}

/** A path as the one who wrote a glob spells paths: absolute, or with "./" or "../" in front. */
function spelled(file: string, prefix: string, cwd: string): string {
  const inFolder = slashed(path.relative(path.resolve(cwd, prefix), path.resolve(cwd, file)));
  return inFolder.split("/")[0] === ".." ? file : `${prefix}${inFolder}`;
}

function isUnwanted(pattern: string, cwd: string): boolean {
  return isNegated(pattern) && pattern.length > 1 && statsOf(path.resolve(cwd, pattern)) === null;
}
