import { findChange } from "../../change/change.js";
import { findSources } from "../../discover/sources.js";
import { prepare } from "../../harness/plan/busted.js";
import { planFor } from "../../harness/plan/plan.js";
import type { Config, LineRange } from "../../types.js";
import { type ChosenSource, chooseSources } from "./sources.js";

/** The measured sources that operands name and, with `since`, of these the lines of the change. Throws USAGE and GIT. */
export async function chosenSources(
  given: Config,
  operands: readonly string[],
): Promise<readonly ChosenSource[]> {
  const { config, tests } = await prepare(given, undefined);
  const all = findSources(planFor({ ...config, coverage: true }, tests).scope);
  const chosen = chooseSources(all, operands, config.cwd);
  const change = findChange(config);
  if (change === null) return chosen;
  return chosen.flatMap(({ file, lines }) => {
    const changed = change.files.get(file);
    return changed === undefined ? [] : [{ file, lines: lines === null ? changed : inBoth(lines, changed) }];
  });
}

function inBoth(a: readonly LineRange[], b: readonly LineRange[]): LineRange[] {
  return a.flatMap((one) =>
    b.flatMap((other) => {
      const [first, last] = [Math.max(one.first, other.first), Math.min(one.last, other.last)];
      return first <= last ? [{ first, last }] : [];
    }),
  );
}
