/** Tests that run at the same time and take the same names for their temporary files. */

import { readdirSync } from "node:fs";
import path from "node:path";
import { currentFolder, readContent } from "../files/files.js";
import type { Config, Notice, Outcome } from "../types.js";

/** A file with a number in its name, in a folder for temporary ones. */
const temporary = /(?:\/tmp|[\\/]te?mp|TMPDIR)[\\/][^\s'"():]*\d{3,}[^\s'"():]*/i;
/** Programs that begin in the same second get the same numbers from there on. */
const seed = /\brandomseed\s*\(\s*os\s*\.\s*time\s*\(\s*\)\s*\)/;

/** Advice where tests of several files ran at once, and one failed over a file whose name another may have had; told once. */
export function sharedNamesHints(
  { cwd, jobs }: Pick<Config, "cwd" | "jobs">,
  outcomes: readonly Outcome[],
): Notice[] {
  if (jobs < 2 || outcomes.length < 2) return [];
  for (const { file, results } of outcomes) {
    const failed = results.filter(({ status }) => status === "failure" || status === "error");
    const name = failed.map(({ message }) => temporary.exec(message)?.[0]).find((each) => each !== undefined);
    const seeding = name === undefined ? null : seedingBeside(file, cwd);
    if (seeding === null) continue;
    const message = `${seeding} seeds math.random by os.time(), so files of tests that begin in the same second take the same names for what they write, which may be why ${file} failed over ${name}: run them by --jobs 1, or have them take os.tmpname()`;
    return [{ level: "warning", file, message }];
  }
  return [];
}

/** The test itself, or a file in its folder or in one around that which seeds so; below the root. */
function seedingBeside(test: string, root: string): string | null {
  const file = path.resolve(currentFolder(), test);
  if (seeds(file)) return test;
  for (let folder = path.dirname(file); isWithin(folder, root); folder = path.dirname(folder)) {
    const found = luaIn(folder).find(seeds);
    if (found !== undefined) return path.relative(currentFolder(), found);
  }
  return null;
}

function isWithin(folder: string, root: string): boolean {
  const way = path.relative(root, folder);
  return way !== "" && !way.startsWith("..") && !path.isAbsolute(way);
}

function luaIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".lua"));
    return names.sort().map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function seeds(file: string): boolean {
  try {
    return seed.test(readContent(file).toString());
  } catch {
    return false;
  }
}
