/** By which templates of package.path modules of a project are found. */

import { testName } from "../../discover/testCode.js";
import type { Declared } from "../read/declared.js";
import type { LuaFile } from "../read/files.js";

export interface Template {
  readonly template: string;
  /** The file that is found by it. */
  readonly file: string;
}

/**
 * The template for a module that no rockspec has, as the language server has it, or by where a file of its name is; null
 * for none.
 */
export function templateFor(module: string, files: readonly LuaFile[], declared: Declared): Template | null {
  const name = module.replaceAll(".", "/");
  // What a rockspec installs as `a.b` is not the module `b`.
  const others = new Set(Object.values(declared.modules));
  const found = files.flatMap((each) => (others.has(each.name) ? [] : (templateOf(name, each.name) ?? [])));
  const known = found.find(({ template }) => declared.templates.includes(template));
  return known ?? found.sort((a, b) => rank(a) - rank(b))[0] ?? null;
}

/** Where most projects have their modules comes first, then what is nearest to the root, and code of tests last. */
function rank({ template, file }: Template): number {
  const isUsual = /^(?:src|lua|lib)\//.test(template);
  return template.length + (isUsual ? 0 : 1000) + (testName(file) === null ? 0 : 10_000);
}

function templateOf(name: string, file: string): Template | null {
  for (const ending of [".lua", "/init.lua"]) {
    if (file === `${name}${ending}`) return { template: `?${ending}`, file };
    if (file.endsWith(`/${name}${ending}`)) {
      return { template: `${file.slice(0, -name.length - ending.length)}?${ending}`, file };
    }
  }
  return null;
}
