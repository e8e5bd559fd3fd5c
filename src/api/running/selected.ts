/** Which of the test files that are selected run: all of them, or those that a change touches. */

import type { Unchanged } from "../../affected/unchanged.js";
import type { Selection } from "../../harness/plan/selection.js";
import type { Shown } from "../../harness/run/results/originals.js";
import type { FoundLua } from "../../luas/luas.js";
import type { ByTest, Config, Notice, Outcome, TestEvent, TestsOfChange } from "../../types.js";
import type { Conclusion } from "./conclude.js";

/** `changed` as in `RunRequest`. */
export interface ChangedRequest {
  readonly changed?: boolean | string;
  readonly args?: readonly string[];
  /** Test files, absolute: of those that are found, others do not run now, and are taken as they were. */
  readonly among?: readonly string[];
}

export interface ChangedRun {
  /** What runs. */
  readonly selection: Selection;
  readonly unchanged: Unchanged;
  /** Null where all of a selection runs, and nobody wants to know of it later on. */
  readonly change: TestsOfChange | null;
  readonly notices: readonly Notice[];
  /** A conclusion about all test files, those left out included. */
  whole(conclusion: Conclusion): Conclusion;
  /** With what else has to run, by its files, since what ran has changed what it depends on; null where nothing has to. */
  again(
    outcomes: readonly Outcome[],
  ): Promise<{ readonly changed: ChangedRun; readonly tests: readonly string[] } | null>;
  /** Has what ran known to the next run. Returns what could not be done. */
  keep(outcomes: readonly Outcome[], byTest: ByTest | null): readonly Notice[];
}

/** A configuration by which it becomes known which test covers what, where that is asked for and can be. */
export function configFor(config: Config, { changed = false }: ChangedRequest): Config {
  return changed === false ? config : { ...config, byTest: config.coverage && config.collector !== "hook" };
}

/** Finds out what is to run of a selection. Throws GIT. */
export async function beginChangedRun(
  config: Config,
  selection: Selection,
  luas: readonly (FoundLua | null)[],
  request: ChangedRequest,
): Promise<ChangedRun> {
  if ((request.changed ?? false) !== false)
    return (await import("./changedRun.js")).findChanged(config, selection, luas, request);
  return {
    selection,
    unchanged: nothingUnchanged,
    change: null,
    notices: [],
    whole: (conclusion) => conclusion,
    again: async () => null,
    keep: () => [],
  };
}

const nothingUnchanged: Unchanged = {
  files: [],
  outcomes: [],
  coverage: {},
  digests: {},
  byTest: { sources: [], rows: [] },
};

/** What an earlier run has found out is told once it is known that it holds. */
export function tellUnchanged(
  { unchanged }: ChangedRun,
  tell: (event: TestEvent) => void,
  shown: Shown,
): void {
  for (const { file, round, lua, duration, results, loaded } of unchanged.outcomes) {
    const run = { file, round, lua, unchanged: true } as const;
    tell({ kind: "file start", ...run });
    for (const result of results) tell({ kind: "test", result: shown(result, loaded) });
    tell({ kind: "file end", ...run, duration });
  }
}
