import { protosOf, shapeOf } from "../engine/chunk.js";
import { type CallInfo, type FengariProto, toText } from "../engine/fengari.js";
import { decisionAt, isTailCall, kindAt, successorsAt } from "../engine/lua53.js";
import type { ChunkHits, Hits, InstructionHits } from "../types.js";

/** The counters of one function, shared by all its closures; what the tracer adds to. */
export interface Counters {
  /** Line visits of the whole chunk, by line. */
  readonly lines: Float64Array;
  /** Calls of the chunk's functions; this one's is at `index`. */
  readonly calls: Float64Array;
  readonly index: number;
  readonly entry: Entry;
  readonly instructions: InstructionCounters;
}

/** What tells a call of a function from a loop that jumps back to its first instruction. */
export interface Entry {
  readonly loopsToStart: boolean;
  /** 1 behind each tail call, by pc + 1. */
  readonly tailCalls: Uint8Array;
  /** The calls whose start was seen, if the function loops to its start. */
  readonly started: WeakSet<CallInfo>;
}

/**
 * Counters of one function's instructions. The tracer knows an instruction that went before by its pc + 1
 * (`oldpc`), so the tables of ways on are indexed by that; where the instruction decides nothing they hold -1.
 */
export interface InstructionCounters {
  readonly counts: Float64Array;
  readonly fell: Float64Array;
  readonly jumped: Float64Array;
  readonly fellTo: Int32Array;
  readonly jumpedTo: Int32Array;
  /** Where a test goes on to execute its jump when a metamethod yielded in between. */
  readonly resumedAt: Int32Array;
}

/** The counters of everything that runs in one state, found by proto. */
export interface CounterTable {
  /** The counters of a function, or null when its chunk is not measured. */
  find(proto: FengariProto): Counters | null;
  /** With `linesOnly` the hits have no instruction counters, which then nobody has counted. */
  hits(linesOnly: boolean): Hits;
}

interface ChunkCounters {
  readonly path: string;
  readonly shape: string;
  readonly protos: readonly FengariProto[];
  readonly counters: readonly Counters[];
}

/**
 * Makes an empty table. `measuredPath` gives the path that a chunk's source (`@src/a.lua`) is counted for, or
 * null when it is not measured.
 */
export function createCounterTable(measuredPath: (source: string) => string | null): CounterTable {
  const byProto = new WeakMap<FengariProto, Counters | null>();
  const chunks: ChunkCounters[] = [];

  function register(proto: FengariProto): Counters | null {
    const path = measuredPath(toText(proto.source.getstr()));
    const counters = path === null ? null : registerIn(path, proto);
    if (counters === null) byProto.set(proto, null);
    return counters;
  }

  function registerIn(path: string, proto: FengariProto): Counters | null {
    const protos = protosOf(proto);
    const counters = proto.linedefined === 0 ? mainCounters(path, protos) : copyCounters(path, protos);
    for (const [index, each] of protos.entries()) byProto.set(each, counters[index] ?? null);
    return counters[0] ?? null;
  }

  /** A second load of the same text, in whatever state, adds to the counters of the first. */
  function mainCounters(path: string, protos: readonly FengariProto[]): readonly Counters[] {
    const shape = shapeOf(protos);
    const known = chunks.find((chunk) => chunk.path === path && chunk.shape === shape);
    if (known !== undefined) return known.counters;
    const counters = newCounters(protos);
    chunks.push({ path, shape, protos, counters });
    return counters;
  }

  /** A function whose main function never ran is a copy by string.dump and load: the original's counters. */
  function copyCounters(path: string, protos: readonly FengariProto[]): readonly Counters[] {
    const shape = shapeOf(protos);
    for (const chunk of chunks.filter((each) => each.path === path)) {
      const original = chunk.protos.findIndex((each) => shapeOf(protosOf(each)) === shape);
      if (original !== -1) return chunk.counters.slice(original, original + protos.length);
    }
    return [];
  }

  return {
    find: (proto) => {
      const found = byProto.get(proto);
      return found === undefined ? register(proto) : found;
    },
    hits: (linesOnly) => collectHits(chunks, linesOnly),
  };
}

function newCounters(protos: readonly FengariProto[]): Counters[] {
  const lastLine = protos.reduce((last, proto) => proto.lineinfo.reduce((a, b) => Math.max(a, b), last), 0);
  const lines = new Float64Array(lastLine + 1);
  const calls = new Float64Array(protos.length);
  return protos.map((proto, index) => ({
    lines,
    calls,
    index,
    entry: newEntry(proto),
    instructions: newInstructions(proto),
  }));
}

function newEntry(proto: FengariProto): Entry {
  const code = proto.code.map((instruction) => instruction.code);
  const loopsToStart = code.some((_, pc) => successorsAt(code, pc).includes(0));
  const tailCalls = Uint8Array.from([0, ...code.map((instruction) => (isTailCall(instruction) ? 1 : 0))]);
  return { loopsToStart, tailCalls, started: new WeakSet() };
}

function newInstructions(proto: FengariProto): InstructionCounters {
  const code = proto.code.map((instruction) => instruction.code);
  const size = code.length;
  const fellTo = new Int32Array(size + 1).fill(-1);
  const jumpedTo = new Int32Array(size + 1).fill(-1);
  const resumedAt = new Int32Array(size + 1).fill(-1);
  for (const pc of code.keys()) {
    const decision = decisionAt(code, pc);
    if (decision === undefined) continue;
    fellTo[pc + 1] = decision.fell;
    jumpedTo[pc + 1] = decision.jumped;
    if (kindAt(code, pc) === "test") resumedAt[pc + 1] = pc + 1;
  }
  const counter = () => new Float64Array(size);
  return { counts: counter(), fell: counter(), jumped: counter(), fellTo, jumpedTo, resumedAt };
}

function collectHits(chunks: readonly ChunkCounters[], linesOnly: boolean): Hits {
  const hits: Record<string, Record<string, ChunkHits>> = {};
  for (const { path, shape, counters } of chunks) {
    hits[path] = { ...hits[path], [shape]: plainHits(counters, linesOnly) };
  }
  return hits;
}

function plainHits(counters: readonly Counters[], linesOnly: boolean): ChunkHits {
  return {
    lines: Array.from(counters[0]?.lines ?? []),
    calls: Array.from(counters[0]?.calls ?? []),
    instructions: linesOnly ? [] : counters.map(({ instructions }) => plainInstructions(instructions)),
  };
}

function plainInstructions({ counts, fell, jumped }: InstructionCounters): InstructionHits {
  return { counts: Array.from(counts), fell: Array.from(fell), jumped: Array.from(jumped) };
}
