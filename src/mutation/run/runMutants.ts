import type { Config } from "../../types.js";
import type { Answer, MutantEnd, MutantOrder } from "./messages.js";
import { moved } from "./moved.js";
import { configIn, type MutantWorker, startMutantWorker } from "./worker.js";
import type { Workshop } from "./workshop.js";

export interface MutantRuns {
  readonly workshop: Workshop;
  readonly config: Config;
  readonly signal: AbortSignal | undefined;
  /** Hears what has become of a mutant, by its place among the orders; paths are those of the copy that is called `original`. */
  readonly onEnd: (index: number, end: MutantEnd) => void;
}

/** Runs mutants, as many at the same time as there are jobs; those that may have been too slow, or only slow, once more, alone. */
export async function runMutants(orders: readonly MutantOrder[], runs: MutantRuns): Promise<void> {
  const doubtful: number[] = [];
  await inWorkers(
    [...orders.keys()],
    Math.min(runs.config.jobs, orders.length),
    orders,
    runs,
    (index, end) => {
      if (end.fate.kind === "timed out" && end.fate.isDoubtful) doubtful.push(index);
      else runs.onEnd(index, end);
    },
  );
  const alone = orders.map(withPatience);
  await inWorkers(doubtful, Math.min(1, doubtful.length), alone, runs, runs.onEnd);
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
  onEnd: MutantRuns["onEnd"],
): Promise<void> {
  const waiting = indexes.values();
  const work = async () => {
    const own = createStarted(runs);
    try {
      for (const index of waiting) {
        const order = orders[index];
        if (order === undefined || runs.signal?.aborted) break;
        const end = await endOf(own, order, runs.workshop);
        if (runs.signal?.aborted) break;
        onEnd(index, end);
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
async function endOf(started: Started, order: MutantOrder, { original }: Workshop): Promise<MutantEnd> {
  for (let attempt = 1; ; attempt++) {
    const worker = await started.get();
    const answer: Answer | null = await worker.ask(order, limitOf(order));
    const end = answer?.kind === "fate" ? moved(answer, worker.copy.root, original) : lost;
    if (end.fate.kind !== "crashed") return end;
    await started.close();
    if (attempt === 2) return end;
  }
}

const lost: MutantEnd = {
  fate: { kind: "crashed", reason: "the process that ran the tests ended, or gave no answer" },
  inputs: [],
};

/** In milliseconds: what looks after the time of each program is in the process itself, and this is for when that fails. */
function limitOf({ runs }: MutantOrder): number {
  return 60_000 + 2000 * runs.reduce((sum, { timeout }) => sum + timeout, 0);
}
