import type { BytecodeHits, ChunkHits, InstructionHits } from "../types.js";

/**
 * A sum of many sets of hits, kept in counters of its own: a suite of thousands of files leaves no more behind than
 * one file does.
 */
export class BytecodeHitsSum {
  readonly #sum: Record<string, Record<string, MutableChunkHits>> = {};

  /** The sum so far. */
  get hits(): BytecodeHits {
    return this.#sum;
  }

  add(hits: BytecodeHits): void {
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

function addCounters(sum: number[], counters: ArrayLike<number>): void {
  for (let index = 0; index < counters.length; index++) {
    sum[index] = (sum[index] ?? 0) + (counters[index] ?? 0);
  }
}
