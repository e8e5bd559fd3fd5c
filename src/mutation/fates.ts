import { createHash } from "node:crypto";
import path from "node:path";
import { createFingerprints } from "../affected/record/fingerprint.js";
import type { RecordedInput } from "../affected/record/record.js";
import { openCache } from "../cache/cache.js";
import type { Config } from "../types.js";
import type { Fate, MutantEnd, TestedFile, TestRun } from "./run/messages.js";
import { moved } from "./run/moved.js";
import { digestOfInput } from "./run/settledInputs.js";
import type { Copy, Workshop } from "./run/workshop.js";

/** What has become of mutants in this run and those before, by all that it depends on. */
export interface Fates {
  /** Null also where something is another one now that a run of the mutant has loaded, read or looked for. */
  find(key: string): Fate | null;
  /** `known` has digests of what is in the key. */
  keep(key: string, end: MutantEnd, known: ReadonlySet<string>): void;
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

/**
 * Those of a project, of which a workshop has a copy; `isAnew` where none of earlier runs is to count. With each is kept what its mutant
 * alone depends on, as a module that it loads in place of another one.
 */
export function openFates(
  root: string,
  { folder, original }: Pick<Workshop, "folder" | "original">,
  isAnew: boolean,
): Fates {
  const cache = openCache(root, "mutants");
  const prints = createFingerprints();
  const isTemporary = (file: string) => isBelow(file, folder) && !isBelow(file, original);
  const isAsBefore = ({ path: file, print, use }: RecordedInput) =>
    prints.of(path.resolve(original, file), use) === print;
  return {
    find: (key) => {
      const known = isAnew ? null : cache.find(key);
      if (known === null) return null;
      const { fate, inputs }: MutantEnd = JSON.parse(known.toString("utf8"));
      return inputs.every(isAsBefore) ? fate : null;
    },
    // What ended for no reason of the mutant's is tried again.
    keep: (key, { fate, inputs }, known) => {
      if (fate.kind === "crashed") return;
      const own = inputs.filter((input) => !known.has(digestOfInput(input)) && !isTemporary(input.path));
      const named = own.map((input) => ({ ...input, path: nameIn(original, input.path) }));
      cache.keep(key, Buffer.from(JSON.stringify({ fate, inputs: named } satisfies MutantEnd)));
    },
  };
}

function isBelow(file: string, folder: string): boolean {
  return file === folder || file.startsWith(`${folder}${path.sep}`);
}

function nameIn(folder: string, file: string): string {
  return isBelow(file, folder) ? path.relative(folder, file) : file;
}

/** Gives the digests of all that some test files load and read, as a copy of the project has them. */
export function digestsIn(
  files: readonly TestedFile[],
  { root }: Pick<Copy, "root">,
  original: string,
): (runs: readonly TestRun[]) => ReadonlySet<string> {
  const keyOf = ({ file, lua }: Pick<TestRun, "file" | "lua">) => `${file}\n${lua}`;
  const known = new Map(moved(files, root, original).map((each) => [keyOf(each), each.digests]));
  return (runs) => new Set(runs.flatMap((run) => known.get(keyOf(run)) ?? []));
}

/** Of how fates are kept. */
const format = 2;

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
    const text = JSON.stringify([format, settings, mutant, tests.toSorted()]);
    return createHash("sha256").update(text).digest("hex").slice(0, 32);
  };
}

/** What of a configuration decides how tests end. */
function settingsOf(config: Config) {
  const { specs, luaPath, luaCpath, modules, setup, style, framework } = config;
  const { sandbox, maxMemory, maxInstructions } = config;
  const limits = { sandbox, maxMemory, maxInstructions };
  const settings = { specs, luaPath, luaCpath, modules, setup, style, framework, ...limits };
  return moved(settings, config.cwd, "");
}
