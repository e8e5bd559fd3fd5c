import path from "node:path";
import { rebase } from "../coverage/rebase.js";
import { isFile } from "../files/files.js";
import { visible } from "../files/visible.js";
import { counted } from "../words.js";
import { digestOf, originFile, type StoredMap, storedMaps, strangeVersion } from "./origin.js";
import { countingMaps } from "./read.js";
import { unendedRuns } from "./runs.js";

/**
 * What may be wrong with the sum of the coverage maps in a folder, in sentences: shards and runs that are missing,
 * sources that have changed, maps of other versions.
 */
export function coverageDoubts(folder: string, root: string): string[] {
  const maps = countingMaps(folder);
  return [
    ...shardDoubts(folder),
    ...runDoubts(folder, maps),
    ...versionDoubts(folder),
    ...sourceDoubts(maps, root),
  ];
}

/**
 * What is wrong with the shards whose maps are in a folder, in sentences: one that is missing, or that they were
 * not cut alike, so that files of one may be in none.
 */
export function shardDoubts(folder: string): string[] {
  const shards = countingMaps(folder).flatMap(({ origin }) => origin?.shard ?? []);
  const counts = [...new Set(shards.map(({ count }) => count))].sort((a, b) => a - b);
  return counts.flatMap((count) => {
    const own = shards.filter((shard) => shard.count === count);
    const all = Array.from({ length: count }, (_, index) => index + 1);
    const missing = all.filter((index) => own.every((shard) => shard.index !== index));
    const isOneCut = new Set(own.map(({ cut }) => cut)).size === 1;
    return [
      ...missing.map((index) => `The coverage of shard ${index}/${count} is not in ${folder}`),
      ...(isOneCut ? [] : [differentCuts(folder, count)]),
    ];
  });
}

function differentCuts(folder: string, count: number): string {
  const reason = "the machines had different test files or test records";
  return `The ${counted(count, "shard")} in ${folder} ${count === 1 ? "was" : "were"} not cut alike, so tests may be missing: ${reason}`;
}

/** A run that was killed behind the moment when it left its map has lost nothing. */
function runDoubts(folder: string, maps: readonly StoredMap[]): string[] {
  const done = new Set(maps.map(({ origin }) => origin?.run));
  return unendedRuns(folder)
    .filter(({ mark }) => !done.has(mark))
    .map(({ began, wasKilled }) => {
      const run = `The run of ${new Date(began).toISOString()} into ${folder}`;
      return wasKilled
        ? `${run} did not come to its end, so its coverage is missing`
        : `${run} has not ended yet, so its coverage is missing`;
    });
}

function versionDoubts(folder: string): string[] {
  return storedMaps(folder).flatMap(({ file }) => {
    const version = strangeVersion(originFile(folder, file));
    if (version === null) return [];
    return [`${file} is of another version of luacov-ts (format ${version}), and is taken as any other map`];
  });
}

function sourceDoubts(maps: readonly StoredMap[], root: string): string[] {
  const doubts = maps.flatMap(({ origin }) => {
    const sources = Object.entries(origin?.sources ?? {});
    const byPath = Object.fromEntries(sources.map(([file, digest]) => [file, { path: file, digest }]));
    const moved = Object.values(rebase(byPath, origin?.root ?? null, root, isFile));
    return moved.flatMap(({ path: file, digest }) => sourceDoubt(file, digest, root));
  });
  return [...new Set(doubts)].sort();
}

function sourceDoubt(file: string, digest: string, root: string): string[] {
  const now = digestOf(file);
  if (now === digest) return [];
  const name = visible(path.relative(root, file));
  if (now === null) return [`${name} is gone since it was measured`];
  return [`${name} has changed since it was measured, so its figures may be those of other lines; run again`];
}
