import { check, violationsIn } from "../coverage/thresholds.js";
import { noCoverage } from "../errors.js";
import type { Config, CoverageMapData, Notice, Violation } from "../types.js";
import { limitsOf, uncheckedNotices } from "./limits.js";
import { raiseThresholds } from "./ratchet.js";

/** How a coverage map stands to the thresholds of a configuration. */
export interface Gate {
  /** Those that it misses; none where they are not to be checked. */
  readonly violations: readonly Violation[];
  /** Thresholds that are set and not checked, and those that were raised. */
  readonly notices: readonly Notice[];
}

/**
 * Checks the thresholds of a configuration if it says so (`checkCoverage`), and with `autoUpdate` raises them where all
 * are met and the coverage is that of a whole run. Throws NO_COVERAGE for an empty map and NOT_WRITABLE.
 */
export function gate(config: Config, coverage: CoverageMapData, isWhole: boolean): Gate {
  if (Object.keys(coverage).length === 0) throw noCoverage(config.cwd);
  const checked = config.checkCoverage ? check(coverage, limitsOf(config)) : [];
  const violations = violationsIn(checked);
  const unchecked = uncheckedNotices(config, checked);
  const mayRaise = config.autoUpdate && config.checkCoverage && isWhole && violations.length === 0;
  return { violations, notices: [...unchecked, ...(mayRaise ? raiseThresholds(config, checked) : [])] };
}
