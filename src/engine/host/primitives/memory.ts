import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const MEGABYTE = 2 ** 20;

/** MB that the program in this thread may take. */
let limit = Number.POSITIVE_INFINITY;

/** Node's own limit is for JavaScript's objects alone: the bytes of Lua's strings are not among them. */
export function limitMemory(megabytes: number): void {
  limit = megabytes;
}

/** Whether the program in this thread holds more than it may. */
export function holdsTooMuch(): boolean {
  return !fits(0);
}

/** From this size on, in bytes, memory is asked for before it is taken. */
const large = MEGABYTE;

/** Throws where the program would hold too much with so many bytes more, as JavaScript does where it can make no more. */
export function askForMemory(bytes: number): void {
  if (bytes >= large && !fits(bytes / MEGABYTE)) throw new RangeError("not enough memory");
}

export function allocateBytes(size: number): Uint8Array {
  askForMemory(size);
  return new Uint8Array(size);
}

/** Bytes that come piece by piece, of which nobody knows how many there will be. */
export interface Pieces {
  add(bytes: Uint8Array): void;
  joined(): Uint8Array;
}

export function createPieces(): Pieces {
  const pieces: Uint8Array[] = [];
  let size = 0;
  let asked = large;
  return {
    add: (bytes) => {
      pieces.push(bytes);
      size += bytes.length;
      if (size < asked) return;
      askForMemory(size);
      asked = size + large;
    },
    joined: () => {
      const [only] = pieces;
      if (pieces.length === 1 && only !== undefined) return only;
      askForMemory(size);
      return new Uint8Array(Buffer.concat(pieces, size));
    },
  };
}

function fits(megabytes: number): boolean {
  if (used() + megabytes <= limit) return true;
  if (megabytes > limit) return false;
  // V8 gives buffers back in another thread, which a second collection waits for.
  for (let round = 0; round < 2; round++) {
    collectGarbage();
    if (used() + megabytes <= limit) return true;
  }
  return false;
}

/** In MB, with buffers. `process.memoryUsage()` would ask the system as well: in a program that allocates, that takes a millisecond each time. */
function used(): number {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return (used_heap_size + external_memory) / MEGABYTE;
}

/** By how many MB the heap may grow over programs. */
const growth = 64;

/** The least that it has held when a program had ended. */
let least = Number.POSITIVE_INFINITY;

/**
 * Once a program has ended: what programs have left is collected where that is much. V8 by itself waits until it is several times what is
 * in use.
 */
export function collectLeftovers(): void {
  least = Math.min(least, heap());
  if (heap() - least < growth) return;
  collectGarbage();
  least = heap();
}

function heap(): number {
  return getHeapStatistics().used_heap_size / MEGABYTE;
}

/** Node has it behind a flag, which can be set for a moment. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  if (typeof collect === "function") collect();
}
