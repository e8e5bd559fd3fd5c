/** Tests that run at the same time and take the same names for their temporary files. */

import path from "node:path";
import { currentFolder } from "../files/files.js";
import { hasFailed } from "../harness/run/results/totals.js";
import type { Config, Notice, Outcome } from "../types.js";
import { luaBeside, textOf } from "./beside.js";

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
    const failed = results.filter(hasFailed);
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
  if (seed.test(textOf(path.resolve(currentFolder(), test)))) return test;
  const found = luaBeside(test, root)
    .flat()
    .find(({ text }) => seed.test(text));
  return found === undefined ? null : path.relative(currentFolder(), found.file);
}
