/**
 * The memory of a thread's programs, which run one after the other. Each in one of its own would be left where other threads know it, to end
 * its program: they hold it until they collect garbage, of which they may have little. Sixty programs of 50 MB took 2.8 GB that way.
 */

import type { CompiledLua } from "../package/compiledLua.js";
import { Memory } from "../webAssembly.js";

/** C's stack lies between what is static and the heap, as Emscripten has it by default. */
export const stackSize = 5 * 2 ** 20;

interface Kept {
  readonly memory: Memory;
  /** What ran in it: another version has its stack where this one has what is static. */
  readonly compiled: CompiledLua;
  readonly maximum: number;
}

let kept: Kept | null = null;

/** A memory that nobody has used, or that a program has left; `maximum` is in pages. */
export function takeMemory(compiled: CompiledLua, maximum: number): Memory {
  const found = kept;
  kept = null;
  if (found !== null && found.compiled === compiled && found.maximum === maximum) return found.memory;
  return new Memory({ initial: compiled.pages, maximum, shared: true });
}

/**
 * Its program is over, and no other thread writes into it any more. What is static is made as it was, up to the stack below `heap`;
 * nothing in C expects of its stack and its heap that they were empty.
 */
export function leaveMemory(memory: Memory, compiled: CompiledLua, maximum: number, heap: number): void {
  new Uint8Array(memory.buffer, 0, heap - stackSize).fill(0);
  kept = { memory, compiled, maximum };
}
