import { figureOfLines, figureOfWays, percentOf, sumOfFigure } from "../coverage/figures.js";
import { check, isMissed, uncoveredOf, violationsIn } from "../coverage/thresholds.js";
import { noCoverage } from "../errors.js";
import type { ChangeCoverage, Config, CoverageMapData, Notice, Violation } from "../types.js";
import { limitsOf, uncheckedNotices } from "./limits.js";
import { raiseThresholds } from "./ratchet.js";

/** How a coverage map stands to the thresholds of a configuration. */
export interface Gate {
  /** Those that it misses; none where they are not to be checked. */
  readonly violations: readonly Violation[];
  /** Thresholds that are set and not checked, and those that were raised. */
  readonly notices: readonly Notice[];
}

export interface GateOptions {
  /** What is covered of the change since some commit; null without one. */
  readonly change: ChangeCoverage | null;
  /** Whether the coverage is that of a whole run, so that thresholds may be raised to it. */
  readonly isWhole: boolean;
}

/**
 * Checks the thresholds of a configuration if it says so (`checkCoverage`), and with `autoUpdate` raises them where all
 * are met. Throws NO_COVERAGE for an empty map and NOT_WRITABLE.
 */
export function gate(config: Config, coverage: CoverageMapData, { change, isWhole }: GateOptions): Gate {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  const checked = config.checkCoverage ? check(coverage, limitsOf(config)) : [];
  const ofChange = config.checkCoverage && change !== null ? changeViolations(config, change) : [];
  const violations = [...violationsIn(checked), ...ofChange];
  const unchecked = uncheckedNotices(config, checked);
  const mayRaise = config.autoUpdate && config.checkCoverage && isWhole && violations.length === 0;
  return { violations, notices: [...unchecked, ...(mayRaise ? raiseThresholds(config, checked) : [])] };
}

function changeViolations({ changeThresholds }: Config, { files }: ChangeCoverage): Violation[] {
  const figures = {
    lines: sumOfFigure(files.map(figureOfLines)),
    branches: sumOfFigure(files.map(figureOfWays)),
  };
  return (["lines", "branches"] as const)
    .filter((metric) => isMissed(figures[metric], changeThresholds[metric]))
    .map((metric) => ({
      metric,
      actual: percentOf(figures[metric]),
      uncovered: uncoveredOf(figures[metric]),
      threshold: changeThresholds[metric],
      file: null,
      scope: "change",
    }));
}
