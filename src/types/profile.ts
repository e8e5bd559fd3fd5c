/** How programs were sampled: so many times, each time after so much of what the unit says. */
export interface Sampling {
  readonly samples: number;
  readonly interval: number;
  readonly unit: "instructions" | "microseconds";
}

/** What time was measured of: a function, the main chunk of a file, or a test whose calls are below it. */
export interface ProfiledFunction {
  readonly kind: "Lua" | "main" | "C" | "test";
  /** As far as Lua knows one. */
  readonly name: string | null;
  /** Absolute; null for C and for chunks of text, of which the name says what there is. */
  readonly file: string | null;
  /** The first and the last line of its text; 0 where there is none. */
  readonly line: number;
  readonly lastLine: number;
}

/** A function as it was called from one place in the tree of calls. */
export interface ProfileNode {
  /** The index of its function. */
  readonly fn: number;
  /** The index of its caller, which stands before it; -1 for none. */
  readonly parent: number;
  /** The time in itself without that in what it called, in whole microseconds. */
  readonly self: number;
  /** How often a sample met it, and nothing that it had called. */
  readonly samples: number;
  /** Null where calls were not counted. */
  readonly calls: number | null;
  /** What it allocated itself, in bytes; null where that was not measured. */
  readonly allocated: number | null;
  /** Of `self`, what is known by line, in microseconds: each line once, in rising order. */
  readonly lines: readonly (readonly [line: number, self: number])[];
}

/** A value through which a program reaches much of its memory, where it is not nearly all through one other that this one holds. */
export interface MemoryHolder {
  /** The shortest way to it: `require "app.cache".entries`. */
  readonly path: string;
  /** With all that it holds, as estimated from what values of each type take in that Lua. */
  readonly bytes: number;
  /** How many values: tables, strings, functions, coroutines and userdata. */
  readonly count: number;
}

/** What held the memory when the most of it was held, of the moments at which that was looked at. */
export interface HeldMemory {
  /** In bytes, as Lua counts them. */
  readonly bytes: number;
  /** The largest first. One can be below another one. */
  readonly holders: readonly MemoryHolder[];
}

/** A tree of calls with where time, samples, calls and memory went; profiles of programs are merged by addition. */
export interface Profile {
  /** Each once. */
  readonly functions: readonly ProfiledFunction[];
  /** Each behind its caller. */
  readonly nodes: readonly ProfileNode[];
  /** How it was sampled: in each way once, as programs in different Luas are not sampled alike. None where all was measured exactly. */
  readonly sampling: readonly Sampling[];
  /** What the profiler itself took, which is in no node, in whole microseconds. */
  readonly overhead: number;
  /** Of several programs the most, of each holder: they had it one after the other, or each for itself. Null where it was not measured. */
  readonly held: HeldMemory | null;
}
