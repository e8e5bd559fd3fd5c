import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { notWritable } from "../../errors/outputs.js";
import { HitsSum, noHits } from "../../hits/sum.js";
import { removeMarked } from "../../output/leftovers.js";
import { markPattern, newMark } from "../../output/owner.js";
import { writeWhole } from "../../output/whole.js";
import type { Config, Hits, Notice, ProfileRequest, Scope } from "../../types.js";
import type { PathOrder } from "../plan/modules/packagePath.js";

/** The variable that tells a Lua interpreter of ours that a measured program started it, and where it reports. */
const variable = "LUACOV_TS_CHILDREN";

/** What a child has to know to measure what its parent measures. */
export interface Inheritance {
  readonly scope: Scope;
  readonly luaPath: Config["luaPath"];
  readonly modules: Config["modules"];
  readonly sandbox: boolean;
  readonly pathOrder: PathOrder;
  /** Of PUC-Rio's embedded Luas the one in which its parent runs; null for another. */
  readonly lua: string | null;
  readonly profile: ProfileRequest | null;
}

/** Lua programs that a program starts, measured along with it: each leaves its hits in a folder. */
export interface Children {
  /** The variables that make the children of a job report. */
  environmentOf(job: number): Readonly<Record<string, string>>;
  /** The sum of what the children of a job have left by now. */
  hitsOf(job: number): Hits;
  /** What may be missing. */
  notices(): readonly Notice[];
  close(): void;
}

/** What a child leaves. */
type Left = Pick<Hits, "bytecode" | "profile">;

const inheritanceFile = "inheritance";

const folderName = new RegExp(`^luacov-ts-children-(${markPattern})$`);

/** In a sandbox, programs start none. */
const none: Children = {
  environmentOf: () => ({}),
  hitsOf: () => noHits,
  notices: () => [],
  close: () => {},
};

/** Makes the folder for them. Throws NOT_WRITABLE. */
export function createChildren(
  scope: Scope,
  {
    luaPath,
    modules,
    sandbox,
    lua: luas,
    profile,
  }: Pick<Config, "luaPath" | "modules" | "sandbox" | "lua" | "profile">,
  pathOrder: PathOrder,
): Children {
  if (sandbox) return none;
  const [lua = null] = luas;
  const inheritance: Inheritance = { scope, luaPath, modules, sandbox, pathOrder, lua, profile };
  const folder = path.join(tmpdir(), `luacov-ts-children-${newMark()}`);
  const make = () => {
    makeOne(folder);
    writeWhole(path.join(folder, inheritanceFile), JSON.stringify(inheritance));
  };
  try {
    removeMarked(tmpdir(), folderName);
    make();
  } catch (cause) {
    throw notWritable(tmpdir(), cause);
  }
  let wasRemoved = false;
  return {
    environmentOf: (job) => ({ [variable]: path.join(folder, String(job)) }),
    hitsOf: (job) => {
      if (!existsSync(path.join(folder, inheritanceFile))) {
        wasRemoved = true;
        makeAgain(make);
      }
      const sum = new HitsSum();
      for (const file of hitFiles(path.join(folder, String(job)))) sum.add({ ...noHits, ...readHits(file) });
      return sum.hits;
    },
    notices: () => (wasRemoved ? [removedNotice(folder)] : []),
    close: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** For the programs that the next files start. */
function makeAgain(make: () => void): void {
  try {
    make();
  } catch {}
}

function removedNotice(folder: string): Notice {
  const message = `${folder} was removed while the tests ran, so what the Lua programs that they had started covered is not counted`;
  return { level: "warning", file: folder, message };
}

/**
 * What this process inherits as the child of a measured program; null when it is none. A child whose parent is gone
 * has nothing to leave, and is still no run of its own.
 */
export function inherited(): (Inheritance & { readonly folder: string }) | "orphan" | null {
  const folder = process.env[variable];
  if (folder === undefined) return null;
  try {
    const inheritance: Inheritance = JSON.parse(
      readFileSync(path.join(folder, "..", inheritanceFile), "utf8"),
    );
    return { ...inheritance, folder };
  } catch {
    return "orphan";
  }
}

/** Leaves the hits of a child, which runs in the embedded Lua, for its parent, if that is still there. */
export function leaveHits(folder: string, hits: Hits): void {
  if (!existsSync(path.join(folder, "..", inheritanceFile))) return;
  try {
    makeOne(folder);
    const left: Left = { bytecode: hits.bytecode, profile: hits.profile };
    // Under its name only once it is whole: the parent may be reading.
    writeWhole(path.join(folder, `${newMark()}.json`), JSON.stringify(left));
  } catch (cause) {
    // The parent that has ended in the meantime has no use for it.
    if (existsSync(path.join(folder, "..", inheritanceFile))) throw notWritable(folder, cause);
  }
}

/** Without those around it: a folder that was removed with all that is in it is not to come back. */
function makeOne(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

/** The folder of a job is made by the first child that leaves something. */
function hitFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => path.join(folder, name));
}

function readHits(file: string): Left {
  return JSON.parse(readFileSync(file, "utf8"));
}
