/** Where a module is that a test has not found. */

import { readdirSync } from "node:fs";
import path from "node:path";
import { testName } from "../discover/testCode.js";
import { dependencyFolders } from "../discover/verdict.js";
import { walk } from "../discover/walk.js";
import { refusedFile, refusedFolder } from "../files/refused.js";
import { hasFailed } from "../harness/run/results/totals.js";
import type { Config, Notice, Outcome } from "../types.js";

const notFound = /module '([\w./-]+)' not found/g;

/** Of what is known of a project. */
type Project = Pick<Config, "cwd" | "modules">;

/** Advice for programs that failed since they have not found a module which is in a folder of the project; told once. */
export function moduleHints(project: Project, outcomes: readonly Outcome[]): Notice[] {
  const missing = outcomes.flatMap(({ file, results }) => {
    const failed = results.filter(hasFailed);
    const names = failed.flatMap(({ message }) =>
      Array.from(message.matchAll(notFound), ([, name = ""]) => name),
    );
    return names.map((name) => ({ file, name }));
  });
  if (missing.length === 0) return [];
  const files = filesBelow(project);
  const hints = missing.flatMap(({ file, name }) => hintFor(file, name, files, project.cwd));
  return [...new Map(hints.map((hint) => [hint.message, hint])).values()];
}

function hintFor(file: string, name: string, files: readonly string[], cwd: string): Notice[] {
  const found = placesOf(name, files);
  const advice = refusedModule(found, cwd) ?? pathAdvice(found);
  if (advice === null) return [];
  return [{ level: "warning", file, message: `${file} has not found the module ${name}${advice}` }];
}

/** A file that may be a module, and by which template it is found; null in the root, which is on every path. */
interface Place {
  readonly file: string;
  readonly template: string | null;
}

function pathAdvice(found: readonly Place[]): string | null {
  const best = found.find(({ template }) => template !== null);
  if (best === undefined) return null;
  return `, which ${best.file} is where the path has "${best.template}": --lua-path, or "luaPath" in the configuration, puts it there`;
}

/** Lua says of a file that it may not read that there is none. */
function refusedModule(found: readonly Place[], cwd: string): string | null {
  for (const { file } of found) {
    const refused = refusedFile(path.join(cwd, file));
    if (refused !== null)
      return `, as ${file} cannot be read: ${refused}; whoever runs the tests has to be allowed to`;
  }
  return found.length > 0 ? null : hiddenModule(cwd);
}

function hiddenModule(cwd: string): string | null {
  for (const folder of foldersIn(cwd)) {
    const refused = refusedFolder(path.join(cwd, folder));
    if (refused !== null) return `, which may be in ${folder}, but that cannot be looked into: ${refused}`;
  }
  return null;
}

/** In the folder that is the nearest to the root first, as most projects have their modules; code of tests comes last. */
function placesOf(name: string, files: readonly string[]): Place[] {
  const module = name.replaceAll(".", "/");
  const found = files.flatMap((file): Place[] => {
    const ending = [".lua", "/init.lua"].find((each) => `/${file}`.endsWith(`/${module}${each}`));
    if (ending === undefined) return [];
    const folder = file.slice(0, -(module.length + ending.length));
    return [{ file, template: folder === "" ? null : `${folder}?${ending}` }];
  });
  return found.sort((a, b) => rank(a.file) - rank(b.file));
}

function rank(file: string): number {
  return file.split("/").length + (testName(file) === null ? 0 : 1000);
}

const dependencies = dependencyFolders.map((glob) => glob.split("/")[1] ?? "");

const isOwn = (folder: string) => !dependencies.includes(folder) && !folder.startsWith(".");

/** Without other people's code, and what a rockspec has under names of its own. */
function filesBelow({ cwd, modules }: Project): string[] {
  const named = new Set(Object.values(modules));
  const found = walk(cwd, { enters: (folder) => isOwn(path.posix.basename(folder)), followsLinks: false });
  return found.map((each) => each.path).filter((file) => file.endsWith(".lua") && !named.has(file));
}

function foldersIn(cwd: string): string[] {
  try {
    const entries = readdirSync(cwd, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() && isOwn(entry.name) ? [entry.name] : [])).sort();
  } catch {
    return [];
  }
}
