import { type Edit, importedFunction, number, placesOf } from "./binary.js";

/** In bytes: what Emscripten's code for `setjmp` keeps of its jumps. No heap is as small. */
export const jumpTableSize = 40;

/**
 * Before a protected call begins, `malloc` is asked for a table of jumps; where that has nothing left, errors pass by this call, and
 * the program's own pcall. A function that is imported is asked instead, one of the same type that gets the size of the heap in all
 * other calls. Throws where the code is not what it was.
 */
export function ownJumpTables(module: Uint8Array, resizeHeap: string): Edit {
  const ends = placesOf(module, after);
  const found = placesOf(module, before).flatMap((at) => {
    // Between them is the number of `malloc`.
    const end = ends.find((each) => each > at + before.length && each <= at + before.length + 3);
    return end === undefined ? [] : [{ start: at + before.length - 1, end }];
  });
  const [place, ...others] = found;
  if (place === undefined || others.length > 0)
    throw new Error("the code for protected calls is not what it was");
  return { ...place, bytes: Uint8Array.from([0x10, ...number(importedFunction(module, resizeHeap))]) };
}

/** `table = malloc(40)`, of which the number of the function is left out; `*table = 0`. */
const before = [0x41, jumpTableSize, 0x10];
const after = [0x22, 5, 0x41, 0, 0x36, 2, 0];
