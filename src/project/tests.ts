/** Which Lua files of a project are tests, where nobody has said so, and which of its test files are none. */

import path from "node:path";
import { testName } from "../discover/testCode.js";
import type { Setting } from "./project.js";
import type { LuaFile, Texts } from "./read/files.js";

/** Names that say of a file that it is a test, as globs of them. */
const suffix = /(?:_spec|[_.-]test|[_.-]spec)\.lua$/;
const prefix = /^test[_-]/;

/** Names that modules have, too, such as `examples/tests.lua`. */
const vague = /(?:^|[/_.-])tests?\.lua$/;

/** Files that look like tests: by their names, by what they call, or vaguely so where there are no others. */
export function likelyTests(files: readonly LuaFile[], texts: Texts): LuaFile[] {
  const named = files.filter(({ name }) => testName(name) !== null && !isForTests(name));
  if (named.length > 0) return named;
  const calling = files.filter(({ file }) => texts.of(file)?.style !== "script");
  if (calling.length > 0) return calling;
  return files.filter(({ name, file }) => vague.test(name) && texts.of(file)?.returns === false);
}

/** The option that makes them the tests; null where there are none. */
export function testsSetting(found: readonly LuaFile[]): Setting | null {
  if (found.length === 0) return null;
  const value = [...new Set(found.map(({ name }) => globOf(name)))].sort();
  const where = value.length === 1 ? `as ${value[0]}` : "there";
  const reason = `Tests are not in test, tests or spec, but ${where}.`;
  return { key: "tests", value, reason, isNeeded: true };
}

function globOf(name: string): string {
  const [top, ...rest] = name.split("/");
  const folder = rest.length === 0 ? "" : `${top}/**/`;
  const ending = suffix.exec(name)?.[0];
  if (ending !== undefined) return `${folder}*${ending}`;
  const start = prefix.exec(path.posix.basename(name))?.[0];
  return start === undefined ? name : `${folder}${start}*.lua`;
}

/** Folders and files that are there for tests, and are none. */
const helperFolder = /^(?:fixtures?|helpers?|support|data|mocks?|stubs?|utils?|lib|vendor)$/;
const helperFile = /^(?:minimal_init|helpers?|.*_helpers?|luaunit|bootstrap|busted_init|init)\.lua$/;

function isForTests(name: string): boolean {
  const steps = name.split("/");
  const folders = steps.slice(1, -1);
  return folders.some((step) => helperFolder.test(step)) || helperFile.test(steps.at(-1) ?? "");
}

/** Those among the test files that are there for the others, whichever these are: none of them has tests itself. */
export function helpersAmong(tests: readonly LuaFile[], texts: Texts): LuaFile[] {
  const modules = new Set(
    tests.flatMap(({ file }) =>
      (texts.of(file)?.requires ?? []).map(({ name }) => name.split(/[./]/).at(-1) ?? ""),
    ),
  );
  const isRequired = (name: string) => modules.has(path.posix.basename(name, ".lua"));
  const found = tests.filter(({ name, file }) => {
    const text = texts.of(file);
    if (text === null || text.style !== "script") return false;
    return isForTests(name) || (text.returns && isRequired(name));
  });
  return found.length === tests.length ? [] : found;
}

/** The option that takes them out, beside the patterns that are there. */
export function withoutHelpers(helpers: readonly LuaFile[], patterns: readonly string[]): Setting | null {
  if (helpers.length === 0) return null;
  const value = [...new Set(helpers.map(({ name }) => `!${wholeFolder(name)}`))].sort();
  const names = value.map((each) => each.slice(1)).join(", ");
  const reason = `${names}: there for tests, and none ${helpers.length === 1 ? "itself" : "themselves"}.`;
  return { key: "tests", value: [...patterns, ...value], reason, isNeeded: true };
}

function wholeFolder(name: string): string {
  const steps = name.split("/");
  const index = steps.findIndex((step, at) => at > 0 && at < steps.length - 1 && helperFolder.test(step));
  return index === -1 ? name : `${steps.slice(0, index + 1).join("/")}/**`;
}
