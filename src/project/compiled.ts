/** Lua that was compiled from a language whose compiler writes no source map, so that it is measured as Lua. */

import path from "node:path";
import { walk } from "../discover/walk.js";
import { createFolders } from "../remap/folders.js";
import { mapTextOf } from "../remap/mapText.js";
import type { Project } from "./project.js";
import { entersOwn } from "./read/files.js";

interface Language {
  readonly ending: string;
  readonly name: string;
  readonly hasSameLines: boolean;
}

const languages: readonly Language[] = [
  { ending: ".tl", name: "Teal", hasSameLines: true },
  { ending: ".moon", name: "MoonScript", hasSameLines: false },
  { ending: ".fnl", name: "Fennel", hasSameLines: false },
];

/** The top folders that compilers write to, none included, and those that they read. */
const written = /^(?:(?:build|lua|out|dist|lib|target)\/)?/;
const read = /^(?:src|source|lua|teal|tl|moon|fnl|fennel)\//;

/** Of measured sources, by language, those that have no source map. */
export function compiledIn(root: string, sources: readonly string[]): Project["compiled"] {
  const languageOf = originalsIn(root);
  const folders = createFolders();
  const found = sources.flatMap((name) => {
    const stem = withoutEnding(name);
    const language = languageOf.get(stem) ?? languageOf.get(moved(stem.replace(written, "")));
    const isMapped = () => mapTextOf(path.join(root, name), folders) !== null;
    return language === undefined || isMapped() ? [] : [{ name, language }];
  });
  return languages.flatMap((language) => {
    const files = found.filter((each) => each.language === language).map(({ name }) => name);
    const { name, hasSameLines } = language;
    return files.length === 0 ? [] : [{ language: name, hasSameLines, files }];
  });
}

/** Languages by the names of their files, without endings, and by where these may be compiled to. */
function originalsIn(root: string): ReadonlyMap<string, Language> {
  const found = new Map<string, Language>();
  for (const { path: name } of walk(root, { enters: entersOwn, followsLinks: false })) {
    const language = languages.find(({ ending }) => name.endsWith(ending));
    // What Teal declares has no code.
    if (language === undefined || name.endsWith(".d.tl")) continue;
    const stem = withoutEnding(name);
    found.set(stem, language);
    if (read.test(stem)) found.set(moved(stem.replace(read, "")), language);
  }
  return found;
}

/** No file is called so, which tells a name in any folder from one in the root. */
const moved = (stem: string) => `*/${stem}`;

function withoutEnding(name: string): string {
  return name.slice(0, -path.posix.extname(name).length);
}
