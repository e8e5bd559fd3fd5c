import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { badCoverageFile, noCoverageIn, notWritable } from "../errors.js";
import { isFile, readContent } from "../files/files.js";
import { makeFolder } from "../makeFolder.js";
import type { Config, CoverageMapData, Shard } from "../types.js";
import { counted } from "../words.js";
import { mergeCoverage } from "./merge.js";
import { rebase } from "./rebase.js";

/** What is known of a coverage map beside the map itself: from where its paths start. */
interface Origin {
  readonly version: 1;
  /** The project root, on the machine on which the map was made. */
  readonly root: string;
  /** Which part of a suite was measured; null for no part. */
  readonly shard: Shard | null;
}

/** The folder in the temp-dir for what is no coverage map; nyc takes no notice of it. */
const ownFolder = "luacov-ts";

/** Keeps a coverage map in the temp-dir, beside those of other runs unless `clean`. Throws NOT_WRITABLE. */
export function storeCoverage(
  { tempDir, clean, cwd }: Pick<Config, "tempDir" | "clean" | "cwd">,
  coverage: CoverageMapData,
  shard: Shard | null = null,
): void {
  const name = `${randomUUID()}.json`;
  const origin: Origin = { version: 1, root: cwd, shard };
  try {
    if (clean) removeMaps(tempDir);
    for (const folder of [tempDir, path.join(tempDir, ownFolder)]) makeFolder(folder);
    writeFileSync(path.join(tempDir, ownFolder, name), JSON.stringify(origin));
    writeFileSync(path.join(tempDir, name), JSON.stringify(coverage));
  } catch (cause) {
    throw notWritable(tempDir, cause);
  }
}

/**
 * The sum of the coverage maps in a folder. With a project root, maps of other checkouts of the project count for
 * its files. Throws NO_COVERAGE and BAD_COVERAGE_FILE.
 */
export function readCoverage(folder: string, root?: string): CoverageMapData {
  const files = mapFiles(folder);
  if (files.length === 0) throw noCoverageIn(folder);
  return mergeCoverage(files.map((file) => moved(readMap(file), originOf(folder, file)?.root ?? null, root)));
}

function moved(map: CoverageMapData, from: string | null, to: string | undefined): CoverageMapData {
  return to === undefined ? map : rebase(map, from, to, isFile);
}

/**
 * What is wrong with the shards whose maps are in a folder, in sentences: one that is missing, or that they were
 * not cut alike, so that files of one may be in none.
 */
export function shardDoubts(folder: string): string[] {
  const shards = mapFiles(folder).flatMap((file) => originOf(folder, file)?.shard ?? []);
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

/** Null for a map whose origin nobody has written down. */
function originOf(folder: string, map: string): Origin | null {
  try {
    const origin: Partial<Origin> = JSON.parse(
      readFileSync(path.join(folder, ownFolder, path.basename(map)), "utf8"),
    );
    return typeof origin.root === "string"
      ? { version: 1, root: origin.root, shard: origin.shard ?? null }
      : null;
  } catch {
    return null;
  }
}

/** As storeCoverage and nyc name their files. */
const ownName = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.json$/;

/** Only what could be ours is removed: a mistaken temp-dir must not cost anybody a folder. */
function removeMaps(folder: string): void {
  for (const file of mapFiles(folder).filter((each) => ownName.test(path.basename(each)))) {
    rmSync(file);
    rmSync(path.join(folder, ownFolder, path.basename(file)), { force: true });
  }
}

function mapFiles(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function readMap(file: string): CoverageMapData {
  try {
    return mergeCoverage([JSON.parse(readContent(file).toString("utf8"))]);
  } catch (cause) {
    throw badCoverageFile(file, cause);
  }
}
