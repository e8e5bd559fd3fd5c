import { addHits, noHits } from "../collect/hits.js";
import type { Config, Hits, Job, Outcome, Scope } from "../types.js";
import { createChildren } from "./children.js";
import { runJobs } from "./runner.js";

export interface MeasureRequest {
  readonly signal: AbortSignal | undefined;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** Runs jobs, and what they start in turn, and adds up what all of it covered. */
export async function measure(
  jobs: readonly Job[],
  config: Config,
  scope: Scope,
  { signal, onOutcome }: MeasureRequest,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly hits: Hits }> {
  const { timeout, maxMemory, linesOnly, luaPath, sandbox } = config;
  const children = createChildren({ scope, linesOnly, luaPath, sandbox });
  const outcomes: Outcome[] = [];
  try {
    await runJobs(jobs, {
      timeout,
      maxMemory,
      environment: children.environment,
      signal,
      onOutcome: (outcome) => {
        outcomes.push(outcome);
        onOutcome(outcome);
      },
    });
    const hits = [...outcomes.map((outcome) => outcome.hits), children.hits()].reduce(addHits, noHits);
    return { outcomes, hits };
  } finally {
    children.close();
  }
}
