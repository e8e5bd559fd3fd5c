import type { ChunkHits, Hits, InstructionHits } from "../types.js";

export const noHits: Hits = {};

/** The sum of two sets of hits. Neither is changed. */
export function addHits(a: Hits, b: Hits): Hits {
  if (Object.keys(b).length === 0) return a;
  const sum = new HitsSum();
  sum.add(a);
  sum.add(b);
  return sum.hits;
}

/**
 * A sum of many sets of hits, kept in counters of its own: a suite of thousands of files leaves no more behind than
 * one file does.
 */
export class HitsSum {
  readonly #sum: Record<string, Record<string, MutableChunkHits>> = {};

  /** The sum so far. */
  get hits(): Hits {
    return this.#sum;
  }

  add(hits: Hits): void {
    for (const [path, shapes] of Object.entries(hits)) {
      const own = this.#sum[path] ?? {};
      this.#sum[path] = own;
      for (const [shape, chunk] of Object.entries(shapes)) {
        const counters = own[shape] ?? { lines: [], calls: [], instructions: [] };
        own[shape] = counters;
        addChunk(counters, chunk);
      }
    }
  }
}

interface MutableInstructionHits extends InstructionHits {
  readonly counts: number[];
  readonly fell: number[];
  readonly jumped: number[];
}

interface MutableChunkHits extends ChunkHits {
  readonly lines: number[];
  readonly calls: number[];
  readonly instructions: MutableInstructionHits[];
}

/** Both are of the same shape, or the sum is empty; a run that measured only lines has no instruction counters. */
function addChunk(sum: MutableChunkHits, { lines, calls, instructions }: ChunkHits): void {
  addCounters(sum.lines, lines);
  addCounters(sum.calls, calls);
  for (const [index, { counts, fell, jumped }] of instructions.entries()) {
    const own = sum.instructions[index] ?? { counts: [], fell: [], jumped: [] };
    sum.instructions[index] = own;
    addCounters(own.counts, counts);
    addCounters(own.fell, fell);
    addCounters(own.jumped, jumped);
  }
}

function addCounters(sum: number[], counters: readonly number[]): void {
  for (let index = 0; index < counters.length; index++) {
    sum[index] = (sum[index] ?? 0) + (counters[index] ?? 0);
  }
}
