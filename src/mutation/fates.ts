import { createHash } from "node:crypto";
import { openCache } from "../cache/cache.js";
import type { Config } from "../types.js";
import type { Fate, TestedFile, TestRun } from "./run/messages.js";
import { moved } from "./run/moved.js";
import type { Copy } from "./run/workshop.js";

/** What has become of mutants in this run and those before, by all that it depends on. */
export interface Fates {
  find(key: string): Fate | null;
  keep(key: string, fate: Fate): void;
}

/** What the fate of a mutant comes of, beside its place. */
export interface FateOf {
  /** Digest of the source without it. */
  readonly source: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly runs: readonly TestRun[];
}

/** Those of a project; `isAnew` where none of earlier runs is to count. */
export function openFates(root: string, isAnew: boolean): Fates {
  const cache = openCache(root, "mutants");
  return {
    find: (key) => {
      const known = isAnew ? null : cache.find(key);
      return known === null ? null : JSON.parse(known.toString("utf8"));
    },
    // What ended for no reason of the mutant's is tried again.
    keep: (key, fate) => {
      if (fate.kind !== "crashed") cache.keep(key, Buffer.from(JSON.stringify(fate)));
    },
  };
}

/** Gives the key of a mutant: its text, the tests that run on it with all that they load and read, and the settings of these. */
export function fateKeys(
  config: Config,
  files: readonly TestedFile[],
  { root, folder }: Pick<Copy, "root" | "folder">,
): (of: FateOf) => string {
  const settings = settingsOf(config);
  const known = files
    .map((each) => moved(moved(each, root, ""), folder, "."))
    .map(({ file, lua, digests }) => [`${file}\n${lua}`, digests] as const);
  const digestsOf = new Map(known);
  return ({ runs, ...mutant }) => {
    const tests = runs.map(({ file, lua, names }) =>
      JSON.stringify([file, lua, names, digestsOf.get(`${file}\n${lua}`)]),
    );
    const text = JSON.stringify([settings, mutant, tests.toSorted()]);
    return createHash("sha256").update(text).digest("hex").slice(0, 32);
  };
}

/** What of a configuration decides how tests end. */
function settingsOf(config: Config) {
  const { specs, luaPath, luaCpath, setup, style, framework, sandbox, maxMemory, maxInstructions } = config;
  const settings = { specs, luaPath, luaCpath, setup, style, framework, sandbox, maxMemory, maxInstructions };
  return moved(settings, config.cwd, "");
}
