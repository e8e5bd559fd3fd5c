/**
 * The coverage maps in a temp-dir, and what is known of the runs that left them. A run is written down when it
 * begins, which also says which maps it replaces; it leaves its map, with where that comes from beside it, and is
 * forgotten. So a killed run is known for one, and its map is whole or not there.
 */

import { randomUUID } from "node:crypto";
import { existsSync, lstatSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { notWritable } from "../errors/outputs.js";
import { markedIn, namesIn, removeLeftovers, removeMarked } from "../output/leftovers.js";
import { hasEnded, type Mark, markPattern, newMark } from "../output/owner.js";
import { type Fence, makeFolder, makeOwnFolder } from "../output/place.js";
import { writeWhole } from "../output/whole.js";
import type { Config, CoverageMapData, Shard } from "../types.js";
import { writeMapBeside } from "./mapFile.js";
import {
  digestOf,
  mapName,
  type Origin,
  originFile,
  ownFolder,
  readOrigin,
  type StoredMap,
  storedMaps,
} from "./origin.js";
import {
  beginOfGroup,
  keepAlive,
  removeRun,
  runFile,
  type UnendedRun,
  unendedRuns,
  writeRun,
} from "./runs.js";

/** A run whose coverage map will be the last result in a temp-dir. */
export interface StoredRun {
  /** Keeps the coverage map. Returns what is in doubt, in sentences. Throws NOT_WRITABLE. */
  keep(coverage: CoverageMapData, origin?: KnownOrigin): Promise<string[]>;
  /** Leaves the temp-dir, if nothing was kept, as it was before the run. Called at the end of each run. */
  end(): void;
}

/** What is known of where a map comes from. */
export interface KnownOrigin {
  readonly shard?: Shard | null;
  /** What sources in it held when they were analysed, by `digestOfSource`; of others it is what they hold now. */
  readonly digests?: Readonly<Record<string, string>>;
}

interface Begun {
  readonly tempDir: string;
  readonly fence: Fence;
  readonly mark: Mark;
  readonly began: number;
  readonly root: string;
}

/**
 * Begins a run into a temp-dir: with `clean`, maps of runs that ended before it, and before those that take place at
 * the same time, are set aside, so that nobody takes them for this one's if it is killed. That the temp-dir cannot be
 * written is told by `keep`: results of tests must not be lost by it.
 */
export function beginRun(
  { tempDir, clean, cwd, sandbox }: Pick<Config, "tempDir" | "clean" | "cwd" | "sandbox">,
  began: number = Date.now(),
): StoredRun {
  const run: Begun = { tempDir, fence: sandbox ? cwd : null, mark: newMark(), began, root: cwd };
  let killed: readonly UnendedRun[];
  try {
    killed = prepare(run, clean);
  } catch (cause) {
    return unwritable(tempDir, cause);
  }
  const stopPulse = keepAlive(runFile(tempDir, run.mark));
  let isReplaced = false;
  return {
    keep: async (coverage, origin = {}) => {
      // Also a result that cannot be written takes the place of the one before.
      isReplaced = true;
      const doubts = vanished(run);
      try {
        await store(run, coverage, origin);
      } catch (cause) {
        throw notWritable(tempDir, cause);
      }
      return doubts;
    },
    end: () => {
      stopPulse();
      if (isReplaced) {
        removeAside(run);
        // Until then, that they did not come to their end is the last that is known.
        for (const { file } of killed) removeRun(file);
      } else putBack(run);
      removeRun(runFile(tempDir, run.mark));
    },
  };
}

function unwritable(tempDir: string, cause: unknown): StoredRun {
  return {
    keep: async () => {
      throw notWritable(tempDir, cause);
    },
    end: () => {},
  };
}

/** Returns the runs that were killed before. */
function prepare(run: Begun, clean: boolean): readonly UnendedRun[] {
  const { tempDir, fence, mark, began } = run;
  const own = path.join(tempDir, ownFolder);
  makeFolder(tempDir, fence);
  makeOwnFolder(own, fence);
  const file = runFile(tempDir, mark);
  writeRun(file, { began, replaces: [] }, fence);
  // The others first: one that ends in the meantime has left its map by then.
  const others = unendedRuns(tempDir).filter((each) => each.mark !== mark);
  const goingOn = others.filter(({ wasKilled }) => !wasKilled);
  const killed = others.filter(({ wasKilled }) => wasKilled);
  const maps = storedMaps(tempDir);
  const group = [...goingOn.map((each) => ({ began: each.began, ended: Number.POSITIVE_INFINITY })), ...maps];
  const start = clean ? beginOfGroup(began, group) : 0;
  const named = new Set(killed.flatMap(({ replaces }) => replaces));
  const isNamed = ({ file: map }: StoredMap) => named.has(path.basename(map));
  // Only what is ours is removed: nyc has left maps of the JavaScript in a project, and a mistaken temp-dir must not cost
  // anybody a folder.
  const names = maps.filter(({ file: map }) => isOurs(tempDir, map));
  const [gone, counting] = [names.filter(isNamed), names.filter((map) => !isNamed(map))];
  const old = counting.filter(({ ended }) => ended <= start);
  writeRun(file, { began, replaces: old.map(({ file: map }) => path.basename(map)) }, fence);
  for (const map of gone) rmSync(map.file, { force: true });
  for (const map of old) setAside(run, map.file);
  removeLeftovers(tempDir);
  removeLeftovers(own);
  removeMarked(own, asideName);
  removeLoneOrigins(tempDir, began);
  return killed;
}

/** Whether a run has written down where a map is from. */
function isOurs(tempDir: string, map: string): boolean {
  return mapName.test(path.basename(map)) && existsSync(originFile(tempDir, map));
}

const asideName = new RegExp(`^[\\da-f-]{36}\\.json\\.aside-(${markPattern})$`);

/** Another run that begins may have been faster. */
function setAside(run: Begun, map: string): void {
  try {
    renameSync(map, asideFile(run, map));
  } catch (error) {
    if (existsSync(map)) throw error;
  }
}

/** What a map is called while the run that replaces it goes on. */
function asideFile({ tempDir, mark }: Begun, map: string): string {
  return path.join(tempDir, ownFolder, `${path.basename(map)}.aside-${mark}`);
}

function asideOf({ tempDir, mark }: Begun): { readonly file: string; readonly name: string }[] {
  const all = markedIn(path.join(tempDir, ownFolder), asideName).filter((each) => each.mark === mark);
  return all.map(({ file }) => ({
    file,
    name: path.basename(file).slice(0, "00000000-0000-0000-0000-000000000000.json".length),
  }));
}

function removeAside(run: Begun): void {
  for (const { file, name } of asideOf(run)) {
    rmSync(file, { force: true });
    rmSync(originFile(run.tempDir, name), { force: true });
  }
}

/** What a later run has replaced stays replaced. */
function putBack(run: Begun): void {
  const others = unendedRuns(run.tempDir).filter(({ mark }) => mark !== run.mark);
  const isReplaced = others.length > 0 || storedMaps(run.tempDir).some(({ began }) => began >= run.began);
  if (isReplaced) removeAside(run);
  else for (const { file, name } of asideOf(run)) renameSync(file, path.join(run.tempDir, name));
}

/** Origins of maps that somebody has removed, or that a killed run did not come to write. */
function removeLoneOrigins(tempDir: string, began: number): void {
  const own = path.join(tempDir, ownFolder);
  const aside = new Set(
    namesIn(own)
      .filter((name) => asideName.test(name))
      .map((name) => name.slice(0, name.indexOf(".aside-"))),
  );
  for (const name of namesIn(own).filter((each) => mapName.test(each) && !aside.has(each))) {
    const file = path.join(own, name);
    const modified = lstatSync(file, { throwIfNoEntry: false })?.mtimeMs ?? began;
    const run = readOrigin(file)?.run ?? null;
    const isOver = run === null ? modified < began : hasEnded(run, modified);
    if (isOver && !existsSync(path.join(tempDir, name))) rmSync(file, { force: true });
  }
}

function vanished({ tempDir, mark }: Begun): string[] {
  if (existsSync(runFile(tempDir, mark))) return [];
  return [
    `${tempDir} was removed while the tests ran, with what earlier runs had left there; it is made anew`,
  ];
}

async function store(
  { tempDir, fence, mark, began, root }: Begun,
  coverage: CoverageMapData,
  { shard = null, digests = {} }: KnownOrigin,
): Promise<void> {
  const name = `${randomUUID()}.json`;
  makeFolder(tempDir, fence);
  makeOwnFolder(path.join(tempDir, ownFolder), fence);
  const known = Object.keys(coverage).map((file) => [file, digests[file] ?? digestOf(file)] as const);
  const sources = Object.fromEntries(
    known.flatMap(([file, digest]) => (digest === null ? [] : [[file, digest]])),
  );
  const origin: Origin = { version: 1, root, shard, run: mark, began, ended: Date.now(), sources };
  // A map without it is one of nyc's.
  writeWhole(originFile(tempDir, name), JSON.stringify(origin), { fence });
  try {
    await writeMapBeside(path.join(tempDir, name), coverage, { fence, durable: true });
  } catch (error) {
    rmSync(originFile(tempDir, name), { force: true });
    throw error;
  }
}
