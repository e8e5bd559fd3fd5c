/** Where a module is that a test has not found. */

import { readdirSync } from "node:fs";
import path from "node:path";
import { isFile } from "../files/files.js";
import { refusedFile, refusedFolder } from "../files/refused.js";
import { hasFailed } from "../harness/run/results/totals.js";
import type { Config, Notice, Outcome } from "../types.js";

const notFound = /module '([\w./-]+)' not found/g;

/** Folders of other people's code, and of tools. */
const elsewhere = /^(?:\.|node_modules$|lua_modules$)/;

/** Advice for programs that failed since they have not found a module which is in a folder of the project; told once. */
export function moduleHints({ cwd }: Pick<Config, "cwd">, outcomes: readonly Outcome[]): Notice[] {
  const hints = outcomes.flatMap(({ file, results }) => {
    const failed = results.filter(hasFailed);
    const names = failed.flatMap(({ message }) =>
      Array.from(message.matchAll(notFound), ([, name = ""]) => name),
    );
    return names.flatMap((name) => hintFor(file, name, cwd));
  });
  return [...new Map(hints.map((hint) => [hint.message, hint])).values()];
}

function hintFor(file: string, name: string, root: string): Notice[] {
  const advice = refusedModule(name, root) ?? pathAdvice(name, root);
  if (advice === null) return [];
  return [{ level: "warning", file, message: `${file} has not found the module ${name}${advice}` }];
}

function pathAdvice(name: string, root: string): string | null {
  const found = templateFor(name, root);
  if (found === null) return null;
  return `, which ${found.file} is where the path has "${found.template}": --lua-path, or "luaPath" in the configuration, puts it there`;
}

/** Lua says of a file that it may not read that there is none. */
function refusedModule(name: string, root: string): string | null {
  const folders = ["", ...foldersIn(root).map((folder) => `${folder}/`)];
  const files = folders.flatMap((folder) => filesOf(name).map((file) => `${folder}${file}`));
  const own = files.filter((each) => isFile(path.join(root, each)));
  const file = own.find((each) => refusedFile(path.join(root, each)) !== null);
  if (file !== undefined)
    return `, as ${file} cannot be read: ${refusedFile(path.join(root, file))}; whoever runs the tests has to be allowed to`;
  const folder =
    own.length > 0
      ? undefined
      : foldersIn(root).find((each) => refusedFolder(path.join(root, each)) !== null);
  if (folder === undefined) return null;
  return `, which may be in ${folder}, but that cannot be looked into: ${refusedFolder(path.join(root, folder))}`;
}

/** In a folder right below the root, as most projects have their modules. */
function templateFor(
  name: string,
  root: string,
): { readonly file: string; readonly template: string } | null {
  for (const folder of foldersIn(root)) {
    for (const [index, each] of filesOf(name).entries()) {
      const file = `${folder}/${each}`;
      if (isFile(path.join(root, file))) return { file, template: `${folder}/?${endings[index]}` };
    }
  }
  return null;
}

const endings = [".lua", "/init.lua"] as const;

/** What a module may be, below a folder. */
function filesOf(name: string): string[] {
  return endings.map((ending) => `${name.replaceAll(".", "/")}${ending}`);
}

function foldersIn(root: string): string[] {
  try {
    const entries = readdirSync(root, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory() && !elsewhere.test(entry.name));
    return folders.map(({ name }) => name).sort();
  } catch {
    return [];
  }
}
