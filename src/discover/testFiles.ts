/** The test files that a pattern names: a file, a glob, or a folder. */

import path from "node:path";
import type { NamePatterns } from "../errors/tests.js";
import { isFile, isFolder, isTaken, realPath } from "../files/files.js";
import { bySign, compileGlob, expandPatterns, fixedSteps, listOf } from "./globs.js";
import { nameMatcher } from "./namePatterns.js";
import { type Found, walk } from "./walk.js";

/** Folders of other people's code: what is not named itself is not looked for in them. */
const dependencyNames = ["lua_modules", "node_modules", ".luarocks"];

/** Which of the files in a folder are tests, by Lua patterns of their base names; none for the usual ones. */
export interface FolderChoice extends NamePatterns {
  readonly recursive: boolean;
}

/** Files with their paths relative to `cwd`. Folders that cannot be listed go to `lost`. */
export function filesOf(pattern: string, cwd: string, choice: FolderChoice, lost: string[]): Found[] {
  if (pattern === "") return [];
  const place = path.resolve(cwd, pattern);
  if (isFile(place)) return [named(slashed(path.relative(cwd, place)), place)];
  if (!isFolder(place)) return isTaken(place) ? [] : filesOfGlob(toGlob(pattern), cwd, lost);
  const folder = slashed(path.relative(cwd, place));
  return testsIn(place, choice, lost).map((file) => below(folder, file));
}

function testsIn(
  folder: string,
  { pattern, excludePattern, recursive }: FolderChoice,
  lost: string[],
): Found[] {
  const isExcluded = nameMatcher(excludePattern);
  const files = luaFilesIn(folder, recursive ? lost : []).filter(
    (file) => !isExcluded(path.basename(file.path)) && (recursive || !file.path.includes("/")),
  );
  const isTest = nameMatcher(pattern.length === 0 ? ["_spec"] : pattern);
  const specs = files.filter((file) => isTest(path.basename(file.path)) && !isHidden(file.path));
  return specs.length === 0 && pattern.length === 0 && !hasMoonScript(folder) ? files : specs;
}

/** Whether the specs of a folder are in MoonScript: other files in it are none. */
function hasMoonScript(folder: string): boolean {
  const found = walk(folder, { enters: (each) => !isDependency(each), followsLinks: true });
  return found.some((file) => file.path.endsWith("_spec.moon"));
}

/**
 * What a glob matches, and of folders that it matches the `.lua` files, as nyc would measure them. One that may mean any folder of the
 * project misses none that cannot be listed: most have nothing to do with tests.
 */
function filesOfGlob(pattern: string, cwd: string, lost: string[]): Found[] {
  const prefix = prefixOf(pattern);
  const { plain, negated } = bySign(expandPatterns([pattern]));
  const [itself, withContents, takenOut] = [compileGlob(pattern), listOf(plain), listOf(negated)];
  const enters = (folder: string) => !isDependency(folder) && withContents.mayMatchIn(`${prefix}${folder}`);
  const onRefused = (folder: string) => lost.push(folder);
  const isAnywhere = prefix === "";
  const found = walk(path.resolve(cwd, prefix), {
    enters,
    followsLinks: true,
    ...(isAnywhere ? {} : { onRefused }),
  });
  return found.flatMap((file) => {
    const name = `${prefix}${file.path}`;
    const isMatch = itself.matches(name) || (name.endsWith(".lua") && withContents.firstMatch(name) !== null);
    if (!isMatch || takenOut.firstMatch(name) !== null) return [];
    return [{ ...file, path: slashed(path.relative(cwd, path.resolve(cwd, name))) }];
  });
}

export function luaFilesIn(folder: string, lost: string[]): Found[] {
  const enters = (each: string) => !isDependency(each);
  const onRefused = (each: string) => {
    if (!isHidden(slashed(path.relative(folder, each)))) lost.push(each);
  };
  const found = walk(folder, { enters, followsLinks: true, onRefused });
  return found.filter((file) => file.path.endsWith(".lua"));
}

export function isDependency(folder: string): boolean {
  return dependencyNames.includes(path.posix.basename(folder));
}

export function named(name: string, place: string): Found {
  return { path: name, real: realPath(place) };
}

function below(folder: string, file: Found): Found {
  return folder === "" ? file : { ...file, path: `${folder}/${file.path}` };
}

/** As in busted: a file or folder whose name begins with a dot; "." and ".." are none. */
export function isHidden(file: string): boolean {
  return file.split("/").some((name) => /^\.[^.]/.test(name));
}

/** What all that a glob matches begins with, as the glob spells it: `test/`. */
export function prefixOf(glob: string): string {
  const steps = fixedSteps(glob);
  return steps.length === 0 ? "" : `${steps.join("/")}/`;
}

/** On Windows people write backslashes, which in a glob would escape the next character. */
export function toGlob(pattern: string): string {
  return path.sep === "\\" ? pattern.replaceAll("\\", "/") : pattern;
}

export function slashed(file: string): string {
  return file.split(path.sep).join("/");
}
