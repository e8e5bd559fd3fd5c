/** Messages about tests that are not there. */

import path from "node:path";
import { LuacovError, quoted } from "../errors.js";
import { visible } from "../files/visible.js";
import { closest, listed } from "../words.js";

/** What the first of some patterns may have been meant for: a command, or one of the files and folders beside it, by their names. */
export interface Meant {
  readonly commands: readonly string[];
  readonly names: readonly string[];
}

export function noTestFiles(
  patterns: readonly string[],
  cwd: string,
  meant: Meant = { commands: [], names: [] },
): LuacovError {
  const hint = hintAt(patterns[0] ?? "", meant);
  const text = `No test file matches ${quoted(patterns)} in ${visible(cwd)}${hint}; give a file, a folder, or a quoted glob such as "test/**/*.lua"`;
  return new LuacovError("NO_TESTS", text);
}

function hintAt(pattern: string, { commands, names }: Meant): string {
  const command = closest(pattern, commands);
  if (command !== null) return ` (the command ${command}?)`;
  const name = path.basename(pattern);
  const similar = names.includes(name) ? null : similarName(name, names);
  return similar === null ? "" : ` (${visible(path.join(path.dirname(pattern), similar))}?)`;
}

/** An ending that all have makes no two names alike. */
function similarName(name: string, names: readonly string[]): string | null {
  const ending = name.endsWith(".lua") ? ".lua" : "";
  const stems = names.filter((each) => each.endsWith(ending)).map((each) => withoutEnding(each, ending));
  const stem = closest(withoutEnding(name, ending), stems);
  return stem === null ? null : `${stem}${ending}`;
}

function withoutEnding(name: string, ending: string): string {
  return name.slice(0, name.length - ending.length);
}

/** `folder` is where it could not be seen whether there are any. */
export function refusedTests(folder: string, reason: string): LuacovError {
  const text = `Cannot look for tests in ${visible(folder === "" ? "." : folder)}: ${reason}; whoever runs the tests has to be allowed to read it`;
  return new LuacovError("NO_TESTS", text);
}

/** What names of test files have to match, and must not, as Lua patterns. */
export interface NamePatterns {
  readonly pattern: readonly string[];
  readonly excludePattern: readonly string[];
}

/** Where folders are there, and no file in them has a name that somebody has asked for. */
export function noSuchNames(
  folders: readonly string[],
  cwd: string,
  { pattern, excludePattern }: NamePatterns,
): LuacovError {
  const wanted = pattern.length === 0 ? [] : [`match the Lua pattern ${quotedOr(pattern)} (pattern)`];
  const unwanted =
    excludePattern.length === 0 ? [] : [`not match ${quotedOr(excludePattern)} (exclude-pattern)`];
  const text = `No file in ${quoted(folders)} in ${visible(cwd)} is a test by its name, which must ${listed([...wanted, ...unwanted])}; give other patterns, or a file`;
  return new LuacovError("NO_TESTS", text);
}

const quotedOr = (patterns: readonly string[]) => patterns.map((each) => `"${visible(each)}"`).join(" or ");

/** Where nobody has named any. */
export function noUsualTests(folders: readonly string[], cwd: string): LuacovError {
  const { message } = noTestFiles(folders, cwd);
  return new LuacovError("NO_TESTS", `${message}; luacov-ts doctor says what there is`);
}
