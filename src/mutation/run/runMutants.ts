import type { Config } from "../../types.js";
import type { Answer, Fate, MutantOrder } from "./messages.js";
import { configIn, type MutantWorker, startMutantWorker } from "./worker.js";
import type { Workshop } from "./workshop.js";

export interface MutantRuns {
  readonly workshop: Workshop;
  readonly config: Config;
  readonly signal: AbortSignal | undefined;
  /** Hears what has become of a mutant, by its place among the orders. */
  readonly onFate: (index: number, fate: Fate) => void;
}

/** Runs mutants, as many at the same time as there are jobs; those that may have been too slow for want of a processor once more, alone. */
export async function runMutants(orders: readonly MutantOrder[], runs: MutantRuns): Promise<void> {
  const doubtful: number[] = [];
  await inWorkers(
    [...orders.keys()],
    Math.min(runs.config.jobs, orders.length),
    orders,
    runs,
    (index, fate) => {
      if (fate.kind === "timed out" && fate.isDoubtful) doubtful.push(index);
      else runs.onFate(index, fate);
    },
  );
  const alone = orders.map(withPatience);
  await inWorkers(doubtful, Math.min(1, doubtful.length), alone, runs, runs.onFate);
}

/** How much longer a mutant may take that was too slow before. */
const factor = 3;

function withPatience({ runs, ...order }: MutantOrder): MutantOrder {
  return { ...order, runs: runs.map((run) => ({ ...run, timeout: run.timeout * factor })) };
}

async function inWorkers(
  indexes: readonly number[],
  workers: number,
  orders: readonly MutantOrder[],
  runs: MutantRuns,
  onFate: MutantRuns["onFate"],
): Promise<void> {
  const waiting = indexes.values();
  const work = async () => {
    const own = createStarted(runs);
    try {
      for (const index of waiting) {
        const order = orders[index];
        if (order === undefined || runs.signal?.aborted) break;
        const fate = await fateOf(own, order);
        if (runs.signal?.aborted) break;
        onFate(index, fate);
      }
    } finally {
      await own.close();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

/** A worker that is there when it is needed. */
interface Started {
  get(): Promise<MutantWorker>;
  close(): Promise<void>;
}

function createStarted({ workshop, config, signal }: MutantRuns): Started {
  let worker: MutantWorker | null = null;
  return {
    get: async () => {
      if (worker !== null) return worker;
      worker = startMutantWorker(workshop, config.cwd, signal);
      await worker.ask({ kind: "prepare", config: configIn(worker.copy, config) });
      return worker;
    },
    close: async () => {
      const last = worker;
      worker = null;
      await last?.close();
    },
  };
}

/** What ends its process is tried once more in another one. */
async function fateOf(started: Started, order: MutantOrder): Promise<Fate> {
  for (let attempt = 1; ; attempt++) {
    const worker = await started.get();
    const answer: Answer | null = await worker.ask(order, limitOf(order));
    const fate: Fate =
      answer?.kind === "fate"
        ? answer.fate
        : { kind: "crashed", reason: "the process that ran the tests ended, or gave no answer" };
    if (fate.kind !== "crashed") return fate;
    await started.close();
    if (attempt === 2) return fate;
  }
}

/** In milliseconds: what looks after the time of each program is in the process itself, and this is for when that fails. */
function limitOf({ runs }: MutantOrder): number {
  return 60_000 + 2000 * runs.reduce((sum, { timeout }) => sum + timeout, 0);
}
