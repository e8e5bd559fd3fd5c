import path from "node:path";
import { countedLines } from "../coverage/hook/countedLines.js";
import type { PackedCoverage } from "../coverage/packed/packed.js";
import { packedMap } from "../coverage/packed/packedMap.js";
import { rebase } from "../coverage/rebase.js";
import { badStatsFile } from "../errors.js";
import { isFile, readContent, realPath } from "../files/files.js";
import { visible, visibleName } from "../files/visible.js";
import { parseNewest } from "../source/syntax.js";
import type { CoverageMapData, LineCounts, Notice } from "../types.js";
import { counted, someOf } from "../words.js";
import { parseStats, type Stats, sumOf } from "./stats.js";

/** What LuaCov's stats files say of sources that are here. */
export interface StatsCoverage {
  /** Lines and functions, and no branches. */
  readonly coverage: CoverageMapData;
  readonly counts: LineCounts;
  readonly notices: readonly Notice[];
}

export interface StatsOptions {
  /** The project root. */
  readonly root: string;
  /** Sources that count although nobody has measured them. */
  readonly untested?: readonly string[];
  readonly choose?: NameChoice;
}

/** Which source a name in a stats file stands for, null where it does not count. */
export type NameChoice = (name: string) => string | null;

/**
 * The coverage of sources that LuaCov has measured, here or elsewhere. Names are relative to the project root, or to the
 * folder of the stats file; those of another checkout count for the sources with the same place here. Throws
 * BAD_STATS_FILE.
 */
export function statsCoverage(files: readonly string[], options: StatsOptions): StatsCoverage {
  const { root, untested = [], choose = (name) => name } = options;
  const notices: Notice[] = [];
  const found = new Map<string, readonly number[]>();
  for (const file of files) {
    const stats = chosen(readStats(file, notices), choose);
    for (const [name, counts] of placed(stats, path.dirname(file), root)) {
      found.set(name, sumOf(found.get(name) ?? [], counts));
    }
  }
  const absent = [...found.keys()].filter((file) => !isFile(file));
  if (absent.length > 0) notices.push(absentNotice(absent, root));
  const present = [...found].filter(([file]) => !absent.includes(file));
  const others = untested.filter((file) => !found.has(file)).map((file) => [file, null] as const);
  const analysed = [...present, ...others].map(([file, counts]) => analyse(file, counts, root, notices));
  const covered = analysed.filter((each) => each !== null);
  return {
    coverage: packedMap(covered),
    counts: { byFile: found, alone: new Set(found.keys()), greatest: greatestOf(found) },
    notices,
  };
}

function readStats(file: string, notices: Notice[]): Stats {
  const { stats, problem } = parse(file);
  if (problem === null) return stats;
  if (stats.size === 0) throw badStatsFile(file, problem);
  const message = `${visible(file)} is damaged: ${problem}; what comes before counts`;
  notices.push({ level: "warning", file, message });
  return stats;
}

function parse(file: string) {
  try {
    return parseStats(readContent(file));
  } catch (cause) {
    throw badStatsFile(file, cause);
  }
}

/** Several names may stand for one source. */
function chosen(stats: Stats, choose: NameChoice): Stats {
  const sums = new Map<string, readonly number[]>();
  for (const [name, counts] of stats) {
    const own = choose(name);
    if (own !== null) sums.set(own, sumOf(sums.get(own) ?? [], counts));
  }
  return sums;
}

/** Stats with the paths of the sources for names, absolute, and real for those that are here. */
function placed(stats: Stats, folder: string, root: string): Stats {
  const files = [...stats].map(([name, counts]) => ({ path: placeOf(name, folder, root), counts }));
  const moved = rebase(Object.fromEntries(files.map((each) => [each.path, each])), null, root, isFile);
  return new Map(
    Object.values(moved).map((each) => [isFile(each.path) ? realPath(each.path) : each.path, each.counts]),
  );
}

function placeOf(name: string, folder: string, root: string): string {
  const places = [root, folder].map((each) => path.resolve(each, name.replaceAll("\\", path.sep)));
  return places.find(isFile) ?? path.resolve(root, name);
}

function absentNotice(files: readonly string[], root: string): Notice {
  const names = someOf(files.map((file) => visibleName(nameIn(root, file))));
  const what = `${counted(files.length, "source")} in LuaCov's stats ${files.length === 1 ? "is" : "are"} not here, and left out`;
  return { level: "warning", file: root, message: `${what}: ${names}` };
}

/** Null for a source that no Lua reads. */
function analyse(
  file: string,
  counts: readonly number[] | null,
  root: string,
  notices: Notice[],
): PackedCoverage | null {
  const name = nameIn(root, file);
  const warn = (message: string) => notices.push({ level: "warning", file, message });
  const source = readContent(file);
  const parsed = parseNewest(source);
  if (!parsed.ok) {
    warn(`${visibleName(name)}:${parsed.line}: ${parsed.message}: what LuaCov has counted there is left out`);
    return null;
  }
  if (counts !== null && counts.length > source.toString("latin1").split("\n").length)
    warn(
      `${visibleName(name)} is shorter than what LuaCov has measured, so its figures may be those of other lines`,
    );
  const { coverage, warnings } = countedLines({ path: file, name, source, syntax: parsed.syntax, counts });
  for (const warning of warnings) warn(warning);
  return coverage;
}

function nameIn(root: string, file: string): string {
  const relative = path.relative(root, file);
  return relative.startsWith("..") ? file : relative;
}

function greatestOf(found: Stats): number {
  return Math.max(0, ...[...found.values()].map((counts) => counts.reduce((a, b) => Math.max(a, b), 0)));
}
