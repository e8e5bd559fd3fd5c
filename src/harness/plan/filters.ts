import { dashed } from "../../config/options.js";
import type { Config, Notice, Outcome } from "../../types.js";

const filters = ["tags", "excludeTags", "filter", "filterOut", "name"] as const;

/** That filters left no test to run: a mistyped one must not pass for a green run. A shard may well have none. */
export function unmatchedFilters(config: Config, outcomes: readonly Outcome[]): Notice[] {
  const given = filters.filter((key) => config.specs[key].length > 0);
  const hasRun = outcomes.length === 0 || outcomes.some(({ results }) => results.length > 0);
  if (given.length === 0 || hasRun || config.shard !== null) return [];
  const shown = given.map((key) => `--${dashed(key)} ${config.specs[key].join(",")}`).join(" ");
  const message = `No test was run: ${outcomes.length} files have none that ${shown} lets through`;
  return [{ level: "problem", file: config.cwd, message }];
}
