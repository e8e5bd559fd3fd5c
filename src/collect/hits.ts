import type { ChunkHits, Hits, InstructionHits } from "../types.js";

export const noHits: Hits = {};

/** The sum of two sets of hits. Neither is changed. */
export function addHits(a: Hits, b: Hits): Hits {
  return combine(a, b, (shapesA, shapesB) => combine(shapesA, shapesB, addChunkHits));
}

/** The sum of two chunks' counters, which must be of the same shape. */
function addChunkHits(a: ChunkHits, b: ChunkHits): ChunkHits {
  return {
    lines: addCounters(a.lines, b.lines),
    calls: addCounters(a.calls, b.calls),
    instructions: addInstructions(a.instructions, b.instructions),
  };
}

/** A run that measured only lines has no instruction counters to add. */
function addInstructions(
  a: readonly InstructionHits[],
  b: readonly InstructionHits[],
): readonly InstructionHits[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return a.map((hits, index) => addInstructionHits(hits, b[index] ?? noInstructions));
}

const noInstructions: InstructionHits = { counts: [], fell: [], jumped: [] };

function addInstructionHits(a: InstructionHits, b: InstructionHits): InstructionHits {
  return {
    counts: addCounters(a.counts, b.counts),
    fell: addCounters(a.fell, b.fell),
    jumped: addCounters(a.jumped, b.jumped),
  };
}

function addCounters(a: readonly number[], b: readonly number[]): number[] {
  const [longer, shorter] = a.length >= b.length ? [a, b] : [b, a];
  return longer.map((count, index) => count + (shorter[index] ?? 0));
}

function combine<T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>, add: (a: T, b: T) => T) {
  const sum: Record<string, T> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const present = sum[key];
    sum[key] = present === undefined ? value : add(present, value);
  }
  return sum;
}
