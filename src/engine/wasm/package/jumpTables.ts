import { importedFunction, number, withFunctions } from "./binary.js";

/** In bytes: what Emscripten's code for `setjmp` keeps of its jumps. No heap is as small. */
export const jumpTableSize = 40;

/**
 * Before a protected call begins, `malloc` is asked for a table of jumps; where that has nothing left, errors pass by this call, and
 * the program's own pcall. A function that is imported is asked instead, one of the same type that gets the size of the heap in all
 * other calls. Throws where the code is not what it was.
 */
export function withOwnJumpTables(module: Uint8Array, resizeHeap: string): Uint8Array {
  const asked = [0x10, ...number(importedFunction(module, resizeHeap))];
  let found = 0;
  const changed = withFunctions(module, (code) => {
    const text = Buffer.from(code.buffer, code.byteOffset, code.length);
    const at = text.indexOf(Buffer.from(before));
    const end = at === -1 ? -1 : text.indexOf(Buffer.from(after), at);
    // Between them is the number of `malloc`.
    if (end === -1 || end - at - before.length > 3) return null;
    found++;
    const call = at + before.length - 1;
    return new Uint8Array(
      Buffer.concat([code.subarray(0, call), Uint8Array.from(asked), code.subarray(end)]),
    );
  });
  if (found !== 1) throw new Error("the code for protected calls is not what it was");
  return changed;
}

/** `table = malloc(40)`, of which the number of the function is left out; `*table = 0`. */
const before = [0x41, jumpTableSize, 0x10];
const after = [0x22, 5, 0x41, 0, 0x36, 2, 0];
