/** Where a module is that a test has not found. */

import { readdirSync } from "node:fs";
import path from "node:path";
import { isFile } from "../files/files.js";
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
  const found = templateFor(name, root);
  if (found === null) return [];
  const message = `${file} has not found the module ${name}, which ${found.file} is where the path has "${found.template}": --lua-path, or "luaPath" in the configuration, puts it there`;
  return [{ level: "warning", file, message }];
}

/** In a folder right below the root, as most projects have their modules. */
function templateFor(
  name: string,
  root: string,
): { readonly file: string; readonly template: string } | null {
  const module = name.replaceAll(".", "/");
  for (const folder of foldersIn(root)) {
    for (const ending of [".lua", "/init.lua"]) {
      const file = `${folder}/${module}${ending}`;
      if (isFile(path.join(root, file))) return { file, template: `${folder}/?${ending}` };
    }
  }
  return null;
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
