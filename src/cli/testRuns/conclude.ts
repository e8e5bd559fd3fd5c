import { type Config, type CoverageMapData, noCoverageOf, type RunResult } from "../../index.js";
import type { CommandLine } from "../arguments/flags.js";
import { reportCoverage, reportWithoutTests, summed, warnOfUnchecked } from "../coverage.js";
import { errorText, noticeText, verdictsText } from "../print.js";

/** What is to be said after a run: verdicts, notices, the coverage. Returns the exit code. */
export async function conclude(config: Config, result: RunResult, command: CommandLine): Promise<number> {
  const { debugFiles } = command;
  if (debugFiles) console.error(`${verdictsText(result, config)}\n`);
  const told = result.notices.filter(({ level }) => !command.quiet || level !== "information");
  for (const notice of told) console.error(noticeText(notice));

  const failed = result.results.some(({ status }) => status === "failure" || status === "error");
  const broken = result.notices.some(({ level }) => level === "problem");
  // Where there was nothing to run, nothing is missing.
  if (result.selected === 0 && !broken) return 0;
  warnOfUnchecked(config);
  if (!result.kept) return failed || broken ? 1 : 0;
  const coverage = await summed(config, result);
  const mayBeNone = config.passWithNoTests && !broken && !result.interrupted;
  if (mayBeNone && result.results.length === 0) return reportWithoutTests(config, coverage);
  return concludeCoverage(config, result, command, { coverage, failed, broken });
}

interface Concluded {
  readonly coverage: CoverageMapData;
  readonly failed: boolean;
  /** Whether something was told that is a problem. */
  readonly broken: boolean;
}

function concludeCoverage(
  config: Config,
  result: RunResult,
  command: CommandLine,
  { coverage, failed, broken }: Concluded,
): number {
  if (Object.keys(coverage).length > 0) {
    const isWhole = !failed && !broken && isWholeRun(config, result, command);
    const coverageCode = reportCoverage(config, coverage, isWhole);
    return failed || broken ? 1 : coverageCode;
  }
  // Of tests that failed it is no news that they measured nothing.
  if (!failed && !broken && !result.interrupted) {
    console.error(errorText(noCoverageOf(config, result).message));
  }
  return 1;
}

/** Whether a run was of all that it was for: a part of the tests may cover little, and that little well. */
function isWholeRun(
  { shard, specs }: Config,
  { interrupted, notRun }: RunResult,
  { rerunFailed, positionals }: CommandLine,
): boolean {
  const filters = [specs.tags, specs.excludeTags, specs.filter, specs.filterOut, specs.name];
  const isCut = interrupted || notRun > 0 || shard !== null || rerunFailed || positionals.some(hasLine);
  return !isCut && filters.every((each) => each.length === 0);
}

const hasLine = (operand: string) => /:\d+$/.test(operand);
