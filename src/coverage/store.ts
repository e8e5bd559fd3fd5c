import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { badCoverageFile, noCoverageIn, notWritable } from "../errors.js";
import type { CoverageMapData } from "../types.js";
import { mergeCoverage } from "./merge.js";

/** Keeps a coverage map in the temp-dir, beside those of other runs unless `clean`. Throws NOT_WRITABLE. */
export function storeCoverage(folder: string, coverage: CoverageMapData, clean: boolean): void {
  try {
    if (clean) removeMaps(folder);
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${randomUUID()}.json`), JSON.stringify(coverage));
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

/** The sum of the coverage maps in a folder. Throws NO_COVERAGE and BAD_COVERAGE_FILE. */
export function readCoverage(folder: string): CoverageMapData {
  const files = mapFiles(folder);
  if (files.length === 0) throw noCoverageIn(folder);
  return mergeCoverage(files.map(readMap));
}

/** As storeCoverage and nyc name their files. */
const ownName = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\.json$/;

/** Only what could be ours is removed: a mistaken temp-dir must not cost anybody a folder. */
function removeMaps(folder: string): void {
  for (const file of mapFiles(folder).filter((each) => ownName.test(path.basename(each)))) rmSync(file);
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
