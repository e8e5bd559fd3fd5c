import path from "node:path";
import { dashed, type OptionKey } from "../config/options/options.js";
import { type Checked, type Limit, thresholdsOf } from "../coverage/thresholds.js";
import { expandPatterns, listOf } from "../discover/globs.js";
import type { Config, Notice } from "../types.js";
import { listed } from "../words.js";

type Thresholding = Pick<Config, "cwd" | "thresholds" | "globThresholds" | "perFile">;

/** The thresholds of a configuration: of all files, and of those that a glob matches, which count for all, too. */
export function limitsOf({ cwd, thresholds, globThresholds, perFile }: Thresholding): Limit[] {
  const global: Limit = { scope: "global", thresholds, perFile, includes: () => true };
  const byGlob = globThresholds.map(({ glob, ...own }): Limit => {
    const list = listOf(expandPatterns([glob]));
    const place = (file: string) => path.relative(cwd, file).split(path.sep).join("/");
    return { scope: { glob }, ...own, includes: (file) => list.firstMatch(place(file)) !== null };
  });
  return [global, ...byGlob];
}

/** The keys of thresholds, and what else has no meaning where they are not checked. */
const changeKeys: readonly OptionKey[] = ["changedLines", "changedBranches"];
const keys: readonly OptionKey[] = [
  ...changeKeys,
  "lines",
  "functions",
  "branches",
  "statements",
  "conditions",
  "perFile",
  "thresholds",
  "autoUpdate",
];

/** Of thresholds that somebody has set and nothing checks. */
export function uncheckedNotices(config: Config, checked: readonly Checked[]): Notice[] {
  const warning = (message: string): Notice => ({ level: "warning", file: config.cwd, message });
  const ofChange = changeKeys.filter((key) => config.given.includes(key)).map(dashed);
  const unknownChange = `${listed(ofChange)} ${ofChange.length === 1 ? "is" : "are"} set, but not checked: --since says what the change is from`;
  if (config.checkCoverage && config.since === null && ofChange.length > 0) {
    return [warning(unknownChange), ...uncheckedGlobs(checked).map(warning)];
  }
  if (!config.checkCoverage) {
    const set = keys.filter((key) => config.given.includes(key)).map(dashed);
    if (set.length === 0) return [];
    const verb = set.length === 1 ? "is" : "are";
    return [warning(`${listed(set)} ${verb} set, but no threshold is checked; --check-coverage checks them`)];
  }
  return uncheckedGlobs(checked).map(warning);
}

function uncheckedGlobs(checked: readonly Checked[]): string[] {
  return checked.flatMap(({ limit: { scope, ...limit }, reached }) => {
    if (reached.length > 0 || typeof scope === "string") return [];
    const metrics = thresholdsOf(limit).map(([metric]) => metric);
    const what = metrics.length === 0 ? "thresholds" : `thresholds for ${listed(metrics)}`;
    return [`The ${what} of "${scope.glob}" are not checked: no file in the coverage matches`];
  });
}
