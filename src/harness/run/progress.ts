import type { Job, Outcome, TestEvent, Totals } from "../../types.js";
import { runOf } from "./fileRun.js";
import { sumOfTotals, totalsOf } from "./results/totals.js";

/** Tells how far a run is, as it happens. */
export interface Progress {
  start(index: number): void;
  end(index: number, outcome: Outcome): void;
}

export function createProgress(jobs: readonly Job[], tell: (event: TestEvent) => void): Progress {
  const running = new Set<number>();
  let ended = 0;
  let totals: Totals = totalsOf([]);
  const report = () => {
    const sorted = [...running].sort((a, b) => a - b);
    const runs = sorted.flatMap((index) => jobs[index] ?? []).map(runOf);
    tell({ kind: "progress", ended, files: jobs.length, totals, running: runs });
  };
  return {
    start: (index) => {
      running.add(index);
      report();
    },
    end: (index, { results }) => {
      running.delete(index);
      ended++;
      totals = sumOfTotals(totals, totalsOf(results));
      report();
    },
  };
}
