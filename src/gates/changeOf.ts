import { findChange } from "../change/change.js";
import { coverChange } from "../change/covered.js";
import { verdict } from "../discover/verdict.js";
import type { ChangeCoverage, Config, CoverageMapData, Scope } from "../types.js";

/**
 * What a coverage map covers of what has changed since the configured commit (`since`); null without one. Throws GIT where
 * git does not know that.
 */
export function changeOf(config: Config, coverage: CoverageMapData): ChangeCoverage | null {
  const change = findChange(config);
  if (change === null) return null;
  const { cwd: root, include, exclude, extension } = config;
  const scope: Scope = { root, tests: [], hasOtherTests: true, include, exclude, extension };
  return coverChange(change, coverage, (file) => verdict(scope, file).measured);
}
