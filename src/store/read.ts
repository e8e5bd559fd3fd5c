import path from "node:path";
import { mergeCoverage } from "../coverage/merge.js";
import { ofCheckout, rebase } from "../coverage/rebase.js";
import { badCoverageFile, noCoverageIn } from "../errors.js";
import { isFile, isFolder } from "../files/files.js";
import type { CoverageMapData } from "../types.js";
import { readJsonMap } from "./mapFile.js";
import { type StoredMap, storedMaps } from "./origin.js";
import { unendedRuns } from "./runs.js";
import { checkMap } from "./shape.js";

/**
 * The sum of the coverage maps in a folder. With a project root, maps of other checkouts of the project count for
 * its files. Throws NO_COVERAGE and BAD_COVERAGE_FILE.
 */
export function readCoverage(folder: string, root?: string): CoverageMapData {
  const maps = countingMaps(folder);
  if (maps.length === 0)
    throw noCoverageIn(
      folder,
      unendedRuns(folder).some(({ wasKilled }) => wasKilled),
    );
  return mergeCoverage(maps.map(({ file, origin }) => moved(readMap(file), origin?.root ?? null, root)));
}

/** The maps in a folder that a later run has not replaced: one that was killed may not have removed them all. */
export function countingMaps(folder: string): StoredMap[] {
  const replaced = new Set(unendedRuns(folder).flatMap(({ replaces }) => replaces));
  return storedMaps(folder).filter(({ file }) => !replaced.has(path.basename(file)));
}

/**
 * The coverage to compare with, from a file or folder with maps, also of another checkout; null where none is named, and
 * "missing" where it is not there, as before the first run. Throws BAD_COVERAGE_FILE.
 */
export function readBase(file: string | null, root: string): CoverageMapData | "missing" | null {
  if (file === null) return null;
  if (isFolder(file)) return countingMaps(file).length === 0 ? "missing" : readCoverage(file, root);
  return isFile(file) ? ofCheckout(readMap(file), root, isFile) : "missing";
}

function moved(map: CoverageMapData, from: string | null, to: string | undefined): CoverageMapData {
  return to === undefined ? map : rebase(map, from, to, isFile);
}

function readMap(file: string): CoverageMapData {
  try {
    return mergeCoverage([checkMap(readJsonMap(file))]);
  } catch (cause) {
    throw badCoverageFile(file, cause);
  }
}
