import type { BytecodeHits, ChunkHits, InstructionHits } from "../../../types.js";

/**
 * The counters of one loaded chunk, in memory that threads share: whoever has it can read the hits while the
 * program runs, and after the thread that ran it was ended.
 */
export interface LiveChunk {
  readonly path: string;
  readonly shape: string;
  /** The length of the line counters: the last line and one, as lines count from 1. */
  readonly lines: number;
  /** How many instructions each function has. */
  readonly sizes: readonly number[];
  readonly memory: SharedArrayBuffer;
}

/** The parts of a live chunk's memory, in this order. */
export interface CounterViews {
  readonly lines: Float64Array;
  readonly calls: Float64Array;
  /** By function. */
  readonly instructions: readonly {
    readonly counts: Float64Array;
    readonly fell: Float64Array;
    readonly jumped: Float64Array;
  }[];
}

export function createLiveChunk(chunk: Omit<LiveChunk, "memory">): LiveChunk {
  const instructions = 3 * chunk.sizes.reduce((sum, size) => sum + size, 0);
  const counters = chunk.lines + chunk.sizes.length + instructions;
  return { ...chunk, memory: new SharedArrayBuffer(counters * Float64Array.BYTES_PER_ELEMENT) };
}

export function viewsOf({ memory, lines, sizes }: LiveChunk): CounterViews {
  let offset = 0;
  const next = (length: number) => {
    const view = new Float64Array(memory, offset, length);
    offset += view.byteLength;
    return view;
  };
  return {
    lines: next(lines),
    calls: next(sizes.length),
    instructions: sizes.map((size) => {
      return { counts: next(size), fell: next(size), jumped: next(size) };
    }),
  };
}

/** The hits that chunks of one run hold by now. */
export function hitsOf(chunks: readonly LiveChunk[]): BytecodeHits {
  const hits: Record<string, Record<string, ChunkHits>> = {};
  for (const chunk of chunks) hits[chunk.path] = { ...hits[chunk.path], [chunk.shape]: chunkHits(chunk) };
  return hits;
}

function chunkHits(chunk: LiveChunk): ChunkHits {
  const { lines, calls, instructions } = viewsOf(chunk);
  return {
    lines: plain(lines),
    calls: plain(calls),
    instructions: instructions.map(plainInstructions),
  };
}

function plainInstructions({ counts, fell, jumped }: CounterViews["instructions"][number]): InstructionHits {
  return { counts: plain(counts), fell: plain(fell), jumped: plain(jumped) };
}

/** As Array.from, which goes through an iterator. */
function plain(counters: Float64Array): number[] {
  const numbers: number[] = [];
  for (let index = 0; index < counters.length; index++) numbers.push(counters[index] ?? 0);
  return numbers;
}
