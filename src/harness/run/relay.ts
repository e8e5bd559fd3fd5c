import path from "node:path";
import { currentFolder } from "../../files/files.js";
import type { RunResult, TestEvent, TestReporter, Totals } from "../../types.js";
import type { Prepared } from "../plan/busted.js";
import { luaNames } from "../plan/luaNames.js";
import { createAudience } from "./audience.js";
import { sumOfTotals, totalsOf } from "./results/totals.js";

type Progress = Extract<TestEvent, { kind: "progress" }>;

/** Tells of the runs of several projects as of one. */
export interface Relay {
  /** Throws what the reporter cannot do. */
  begin(): Promise<void>;
  /** What is told of a project's run. */
  of(project: string): TestReporter;
  end(result: Pick<RunResult, "results" | "interrupted" | "notRun">): Promise<void>;
}

export function createRelay(
  reporter: TestReporter,
  parts: readonly Pick<Prepared, "config" | "tests">[],
): Relay {
  const audience = createAudience(reporter);
  const start = performance.now();
  const done = { ended: 0, totals: totalsOf([]) };
  const files = parts.reduce((sum, part) => sum + runsOf(part), 0);
  return {
    begin: async () => {
      audience.tell(startOf(parts));
      await audience.settled();
    },
    of: (project) => {
      let last: Progress | null = null;
      return (event) => {
        if (event.kind === "progress") last = event;
        if (event.kind === "run end" && last !== null) add(done, last);
        const told = labelled(event, project, done, files);
        if (told !== null) audience.tell(told);
        return audience.settled();
      };
    },
    end: async ({ results, interrupted, notRun }) => {
      const duration = performance.now() - start;
      const known = results.filter(({ unchanged }) => unchanged === true).length;
      const left = known === 0 ? {} : { unchanged: known };
      audience.tell({ kind: "run end", duration, totals: totalsOf(results), interrupted, notRun, ...left });
      await audience.settled();
    },
  };
}

interface Done {
  ended: number;
  totals: Totals;
}

function add(done: Done, { ended, totals }: Progress): void {
  done.ended += ended;
  done.totals = sumOfTotals(done.totals, totals);
}

/** Null for what is said once for all projects. */
function labelled(event: TestEvent, project: string, done: Done, files: number): TestEvent | null {
  switch (event.kind) {
    case "run start":
    case "run end":
      return null;
    case "test":
      return { ...event, result: { ...event.result, project } };
    case "progress": {
      const running = event.running.map((each) => ({ ...each, project }));
      const totals = sumOfTotals(done.totals, event.totals);
      return { kind: "progress", ended: done.ended + event.ended, files, totals, running };
    }
    default:
      return { ...event, project };
  }
}

/** How often a file of a project runs, for all of them. */
function runsOf({ config, tests }: Pick<Prepared, "config" | "tests">): number {
  return tests.length * config.repeat * luaNames(config).length;
}

function startOf(parts: readonly Pick<Prepared, "config" | "tests">[]): TestEvent {
  const configs = parts.map(({ config }) => config);
  const files = parts.flatMap(({ tests }) => tests.map((file) => path.relative(currentFolder(), file)));
  const shuffled = configs.find(({ shuffleFiles, shuffleTests }) => shuffleFiles || shuffleTests);
  return {
    kind: "run start",
    files: [...new Set(files)],
    rounds: Math.max(...configs.map(({ repeat }) => repeat)),
    luas: [...new Set(configs.flatMap(luaNames))],
    seed: shuffled?.seed ?? null,
  };
}
