/** What is done with what runs have left: summed up, reported, checked. */

import { rmSync } from "node:fs";
import path from "node:path";
import { addLineMap } from "../coverage/hook/addLineMap.js";
import { mergeCoverage } from "../coverage/merge.js";
import { check, violationsIn } from "../coverage/thresholds.js";
import { notWritable } from "../errors/outputs.js";
import { noCoverage } from "../errors.js";
import { changeOf } from "../gates/changeOf.js";
import { limitsOf } from "../gates/limits.js";
import { planFor } from "../harness/plan/plan.js";
import { chosenSource } from "../luacov/chosen.js";
import { statsCoverage } from "../luacov/statsCoverage.js";
import { writeReports } from "../report/reports.js";
import { writeMap } from "../store/mapFile.js";
import { countingMaps, readBase, readCoverage } from "../store/read.js";
import type { ChangeCoverage, Config, CoverageMapData, LineCounts, Notice, Violation } from "../types.js";

/** What runs have left, with what else was measured. */
export interface Collected {
  readonly coverage: CoverageMapData;
  /** What LuaCov has counted of it; null where it has not. */
  readonly lineCounts: LineCounts | null;
  readonly notices: readonly Notice[];
}

/**
 * The sum of the coverage maps in a folder, by default `tempDir`, and of the stats files of the configuration. Throws
 * NO_COVERAGE where there are neither, BAD_COVERAGE_FILE and BAD_STATS_FILE.
 */
export function collectCoverage(config: Config, folder: string = config.tempDir): Collected {
  const { luacov, configurationNotices } = config;
  if (config.stats.length === 0)
    return { coverage: readCoverage(folder, config.cwd), lineCounts: null, notices: configurationNotices };
  const { coverage, counts, notices } = statsCoverage(config.stats, {
    root: config.cwd,
    untested: planFor(config, []).sources,
    ...(luacov === null ? {} : { choose: (name: string) => chosenSource(luacov.scope, name) }),
  });
  const known = countingMaps(folder).length === 0 ? {} : readCoverage(folder, config.cwd);
  const alone = new Set(
    [...counts.alone].filter((file) => known[file] === undefined || known[file].all === true),
  );
  return {
    coverage: addLineMap(known, coverage),
    lineCounts: { ...counts, alone },
    notices: [...configurationNotices, ...notices],
  };
}

/** Removes the stats file that was read, where `deletestats` of a `.luacov` asks for that, once it is reported. */
export function removeStats({ luacov, stats }: Config): void {
  const removed = luacov?.removes ?? null;
  if (removed !== null && stats.includes(removed)) rmSync(removed, { force: true });
}

/**
 * Writes the configured reports of a coverage map, by default of what runs have left in `tempDir`, and of the change since
 * `since`. LuaCov's files also have what it has counted of lines where no statement begins.
 * Throws NO_COVERAGE when there is nothing to report, UNKNOWN_REPORTER, BAD_COVERAGE_FILE, NOT_WRITABLE and GIT.
 */
export function report(
  config: Config,
  coverage: CoverageMapData = readCoverage(config.tempDir, config.cwd),
  change: ChangeCoverage | null = changeOf(config, coverage),
  lineCounts: LineCounts | null = null,
): void {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  const base = readBase(config.baseCoverage, config.cwd);
  writeReports(config, coverage, { change, base, lineCounts });
}

/** Writes a coverage map to a file, which is whole or stays as it was. Throws NOT_WRITABLE. */
export function writeCoverage(
  { sandbox, cwd }: Pick<Config, "sandbox" | "cwd">,
  file: string,
  coverage: CoverageMapData,
): void {
  try {
    writeMap(path.resolve(file), coverage, { fence: sandbox ? cwd : null, durable: true });
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

/** The sum of coverage maps, for example of one suite that ran in parts. None of them is changed. */
export function merge(...maps: readonly CoverageMapData[]): CoverageMapData {
  return mergeCoverage(maps);
}

/**
 * The thresholds of the configuration that a coverage map misses, by default that of `tempDir`.
 * Throws NO_COVERAGE for an empty map, which no percentage describes, and BAD_COVERAGE_FILE.
 */
export function checkCoverage(
  config: Config,
  coverage: CoverageMapData = readCoverage(config.tempDir, config.cwd),
): Violation[] {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  return violationsIn(check(coverage, limitsOf(config)));
}
