import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { badCoverageFile, noCoverageIn, notWritable } from "../errors.js";
import type { Config, CoverageMapData } from "../types.js";
import { mergeCoverage } from "./merge.js";
import { rebase } from "./rebase.js";

/** What is known of a coverage map beside the map itself: from where its paths start. */
interface Origin {
  readonly version: 1;
  /** The project root, on the machine on which the map was made. */
  readonly root: string;
}

/** The folder in the temp-dir for what is no coverage map; nyc takes no notice of it. */
const ownFolder = "luacov-ts";

/** Keeps a coverage map in the temp-dir, beside those of other runs unless `clean`. Throws NOT_WRITABLE. */
export function storeCoverage(
  { tempDir, clean, cwd }: Pick<Config, "tempDir" | "clean" | "cwd">,
  coverage: CoverageMapData,
): void {
  const name = `${randomUUID()}.json`;
  const origin: Origin = { version: 1, root: cwd };
  try {
    if (clean) removeMaps(tempDir);
    for (const folder of [tempDir, path.join(tempDir, ownFolder)]) mkdirSync(folder, { recursive: true });
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
  return mergeCoverage(files.map((file) => moved(readMap(file), originRoot(folder, file), root)));
}

function moved(map: CoverageMapData, from: string | null, to: string | undefined): CoverageMapData {
  return to === undefined ? map : rebase(map, from, to, existsSync);
}

/** Null for a map whose origin nobody has written down. */
function originRoot(folder: string, map: string): string | null {
  try {
    const origin: Partial<Origin> = JSON.parse(
      readFileSync(path.join(folder, ownFolder, path.basename(map)), "utf8"),
    );
    return typeof origin.root === "string" ? origin.root : null;
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
    return mergeCoverage([JSON.parse(readFileSync(file, "utf8"))]);
  } catch (cause) {
    throw badCoverageFile(file, cause);
  }
}
