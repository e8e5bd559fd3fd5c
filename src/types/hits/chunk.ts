/**
 * What an instruction is for control flow: a `test` or a `loop` decides between two ways on, a `jump` always
 * jumps, `nil` sets locals to nil (the compiler merges neighbours of this kind).
 */
export type InstructionKind = "test" | "loop" | "jump" | "nil" | "other";

/** The two ways on from an instruction that decides. */
export interface Decision {
  /** The next pc when it falls through: past the jump that belongs to a test, or out of a loop. */
  readonly fell: number;
  /** The next pc when it jumps: into the body, for a loop. */
  readonly jumped: number;
  /** Whether it jumps when what it tests is true (a comparison holds, a value is truthy); loops: always true. */
  readonly jumpsIf: boolean;
  /** The register whose truth it tests, where it holds that as well behind it; null for a comparison or a loop. */
  readonly register: number | null;
}

/** One Lua function as compiled. A pc counts from 0. */
export interface Proto {
  /** The first line of the function, 0 for a main chunk. */
  readonly lineDefined: number;
  readonly lastLineDefined: number;
  /** The source line of each instruction. */
  readonly lines: Int32Array;
  /** The instructions themselves, to see that two texts compile to the same code. */
  readonly code: Int32Array;
  kind(pc: number): InstructionKind;
  /** Where control can go after an instruction, calls and errors aside. */
  successors(pc: number): readonly number[];
  /** For a test or a loop instruction its two ways on, else undefined. */
  decision(pc: number): Decision | undefined;
}

/** A compiled chunk: its functions in preorder of their nesting, the main function first. */
export interface Chunk {
  /** A digest of all instructions and their lines: two texts with the same shape have the same counters. */
  readonly shape: string;
  readonly protos: readonly Proto[];
}
