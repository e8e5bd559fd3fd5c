import {
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type CliResult, runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

/** A project beside a folder that is watched; each has a way into the other. */
export interface Watched {
  readonly project: string;
  readonly outside: string;
  /** Runs two Lua texts as test files in the sandbox, at the same time; `program` is what the file returns. */
  run(first: string, second: string): Promise<CliResult>;
  /** What is in the folder beside, in every detail that writing would change. */
  look(): Readonly<Record<string, readonly string[]>>;
}

export function makeWatched(program: string): Watched {
  const folder = makeFolder({
    "outside/secret": "secret",
    "outside/kept": "kept",
    "outside/sub/x": "x",
    "project/package.json": "{}",
    [`project/${program}`]: readFileSync(fileURLToPath(new URL(program, import.meta.url))),
  });
  const [project, outside] = [path.join(folder, "project"), path.join(folder, "outside")];
  linkSync(path.join(outside, "kept"), path.join(project, "kept"));
  symlinkSync(project, path.join(outside, "back"));
  return {
    project,
    outside,
    run: (first, second) => {
      for (const [name, text] of [
        ["first", first],
        ["second", second],
      ] as const) {
        writeFileSync(path.join(project, `${name}.lua`), `local program = dofile "${program}" ${text}`);
      }
      const options = ["--sandbox", "--jobs", "2", "--reporter", "none", "--all", "--style", "script"];
      return runCli(project, [...options, "first.lua", "second.lua"]);
    },
    look: () => ({ ".": [readdirSync(folder).sort().join(" ")], ...details(outside) }),
  };
}

function details(file: string): Record<string, readonly string[]> {
  const stats = lstatSync(file, { bigint: true });
  const { ino, mode, uid, gid, size, mtimeNs, nlink, ctimeNs } = stats;
  // Its other name is in the project, where it may be removed and renamed.
  const names = path.basename(file) === "kept" ? [] : [nlink, ctimeNs];
  const numbers = [ino, mode, uid, gid, size, mtimeNs, ...names].map(String);
  if (stats.isSymbolicLink()) return { [file]: [...numbers, readlinkSync(file)] };
  if (!stats.isDirectory()) return { [file]: [...numbers, readFileSync(file, "latin1")] };
  const inside = readdirSync(file).map((name) => details(path.join(file, name)));
  return Object.assign({ [file]: numbers }, ...inside);
}
