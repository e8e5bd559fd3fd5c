import path from "node:path";
import { visibleName } from "../files/visible.js";
import {
  type ChangeCoverage,
  type Collected,
  type Config,
  type CoverageMapData,
  changeOf,
  collectCoverage,
  coverageDoubts,
  gate,
  type LineCounts,
  LuacovError,
  type Notice,
  openPages,
  type RunResult,
  readCoverage,
  remap,
  report,
} from "../index.js";
import { someOf } from "../words.js";
import { errorText, noticeText, violationText } from "./print.js";

/** Says what is in doubt about the maps in a folder. Returns whether anything is. */
function warnOfDoubts({ cwd }: Config, folder: string): boolean {
  const doubts = coverageDoubts(folder, cwd);
  for (const message of doubts) console.error(noticeText({ level: "warning", file: folder, message }));
  return doubts.length > 0;
}

/** What runs and LuaCov have left, with what is in doubt; messages have the folder by the name that is given. */
export function collect(config: Config, folder: string): Collected & { readonly isDoubtful: boolean } {
  const collected = collectCoverage(config, path.resolve(folder));
  const isDoubtful = warnOfDoubts(config, folder);
  for (const notice of collected.notices) console.error(noticeText(notice));
  return { ...collected, isDoubtful };
}

/** What people have written of what was measured. */
async function originals(config: Config, coverage: CoverageMapData): Promise<CoverageMapData> {
  const remapped = await remap(config, coverage);
  for (const notice of remapped.notices) console.error(noticeText(notice));
  return remapped.coverage;
}

/** `collect`, of what people have written. */
export async function collectOriginals(config: Config): Promise<ReturnType<typeof collect>> {
  const collected = collect(config, config.tempDir);
  return { ...collected, coverage: await originals(config, collected.coverage) };
}

/** Without `clean` a run adds to what the temp-dir has, and reports the sum, as nyc does. */
export function summed(
  config: Config,
  { coverage, kept }: Pick<RunResult, "coverage" | "kept">,
): Promise<CoverageMapData> {
  return originals(
    config,
    config.clean || !kept ? coverage : readCoverage(config.tempDir, config.partOf ?? config.cwd),
  );
}

/** After a run and in `report`: the reports, then the thresholds when they are to be checked. */
export function reportCoverage(
  config: Config,
  coverage: CoverageMapData,
  isWhole: boolean,
  lineCounts: LineCounts | null = null,
): number {
  const written = writeReports(config, coverage, lineCounts);
  return written === null ? 1 : checkThresholds(config, coverage, isWhole, written.change);
}

/** Where there may be no tests, and none was run: of what happens to be covered there are reports, and no threshold is for it. */
export function reportWithoutTests(config: Config, coverage: CoverageMapData): number {
  warnWithoutTests(config);
  const isEmpty = Object.keys(coverage).length === 0;
  return isEmpty || writeReports(config, coverage, null) !== null ? 0 : 1;
}

/** A threshold that nobody checks is told of. */
export function warnWithoutTests({ cwd, checkCoverage }: Config): void {
  const message = "The thresholds are not checked, since no test was run";
  if (checkCoverage) console.error(noticeText({ level: "warning", file: cwd, message }));
}

/** What is covered of a change, null for none, once there are reports; null where there is nothing to report, which is told. */
function writeReports(
  config: Config,
  coverage: CoverageMapData,
  lineCounts: LineCounts | null,
): { readonly change: ChangeCoverage | null } | null {
  try {
    const change = changeOf(config, coverage);
    report(config, coverage, change, lineCounts);
    if (config.open) openOnce(config);
    return { change };
  } catch (error) {
    // That nothing was measured is a failed run, not a mistake in how it was called.
    if (!(error instanceof LuacovError) || error.code !== "NO_COVERAGE") throw error;
    console.error(errorText(error.message));
    return null;
  }
}

let isOpen = false;

/** A watch reports again and again, into pages that a browser has by then. */
function openOnce(config: Config): void {
  if (isOpen) return;
  isOpen = true;
  openPages(config, (message) => console.error(noticeText({ level: "warning", file: config.cwd, message })));
}

/** After a program that is no test: that nothing of it is measured is as well, unless thresholds are to be checked. */
export async function reportProgram(
  config: Config,
  result: Pick<RunResult, "coverage" | "kept" | "profile">,
  succeeded: boolean,
): Promise<number> {
  warnOfUnchecked(config);
  if (!config.coverage) return 0;
  const coverage = await summed(config, result);
  if (Object.keys(coverage).length > 0 || config.checkCoverage)
    return reportCoverage(config, coverage, succeeded);
  const message = "Nothing that ran is a measured file, so there is no coverage to report";
  console.error(noticeText({ level: "warning", file: config.cwd, message }));
  return 0;
}

/** A threshold that nobody checks is told of. */
export function warnOfUnchecked({ cwd, checkCoverage, coverage }: Config): void {
  const message = "The thresholds are not checked, since without coverage there is nothing to check";
  if (checkCoverage && !coverage) console.error(noticeText({ level: "warning", file: cwd, message }));
}

/** `isWhole` says that thresholds may be raised to what this coverage has. */
export function checkThresholds(
  config: Config,
  coverage: CoverageMapData,
  isWhole: boolean,
  change = changeOf(config, coverage),
): number {
  for (const notice of unknownNotices(config, change)) console.error(noticeText(notice));
  const { violations, notices } = gate(config, coverage, { isWhole, change });
  for (const violation of violations) console.error(violationText(violation, config));
  for (const notice of notices) console.error(noticeText(notice));
  return violations.length === 0 ? 0 : 1;
}

/** Of files in the change that no figure is of. */
function unknownNotices({ cwd }: Config, change: ChangeCoverage | null): Notice[] {
  const files = (change?.unknown ?? []).map((file) => visibleName(path.relative(cwd, file)));
  if (files.length === 0) return [];
  const message = `The change touches ${someOf(files)}, of which nothing is known, as nothing has loaded ${files.length === 1 ? "it" : "them"}; --all counts that as uncovered`;
  return [{ level: "warning", file: cwd, message }];
}
