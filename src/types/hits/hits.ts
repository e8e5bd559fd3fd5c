import type { Profile } from "../profile.js";
import type { TestHits } from "./testHits.js";

/** Counters of one function's instructions, by pc. */
export interface InstructionHits {
  /** How often each instruction began. */
  readonly counts: ArrayLike<number>;
  /** How often an instruction that decides fell through, and how often it jumped. */
  readonly fell: ArrayLike<number>;
  readonly jumped: ArrayLike<number>;
}

/** Raw counters of one chunk. Merging two of the same shape is plain addition. */
export interface ChunkHits {
  /** Visits of the line hook by line number; LuaCov's hits. Index 0 is unused. */
  readonly lines: readonly number[];
  /** Calls of each function, by its index in `Chunk.protos`. */
  readonly calls: ArrayLike<number>;
  /** By the function's index. */
  readonly instructions: readonly InstructionHits[];
}

/** Counters by absolute path, then by shape, since one path may have been loaded with different texts. */
export type BytecodeHits = Readonly<Record<string, Readonly<Record<string, ChunkHits>>>>;

/** Counters of probes by the key of a source, from the first one on. */
export type ProbeHits = ReadonlyMap<string, readonly number[]>;

/**
 * What a debug hook has counted in one source, in one kind of Lua. A function's place is `main`, or its first and last
 * line: `3-7`.
 */
export interface LineHits {
  /** Which Lua it was, as it names itself: the lines with code are its own. */
  readonly lua: string;
  readonly lines: ReadonlyMap<number, number>;
  readonly calls: ReadonlyMap<string, number>;
  /** The lines with code of each function that ran. */
  readonly active: ReadonlyMap<string, readonly number[]>;
}

/** What ran, by way of measuring, and where the time went: one source may have been measured in several, and its counts add up. */
export interface Hits {
  readonly bytecode: BytecodeHits;
  readonly probes: ProbeHits;
  /** By the key of a source, in each kind of Lua. */
  readonly lines: ReadonlyMap<string, readonly LineHits[]>;
  readonly profile: Profile;
  /** What of it ran for which test, where that is asked for. */
  readonly tests?: TestHits;
}
