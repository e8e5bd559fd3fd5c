import { setFlagsFromString } from "node:v8";

/** Which thread may change how V8 compiles: the flags are those of the process. */
export type CompilingTurn = Int32Array;

export function createCompilingTurn(): CompilingTurn {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

/** In milliseconds: a thread that is ended meanwhile gives its turn to nobody. */
const longest = 1000;

/**
 * From V8 14 on, what is compiled well counts on what was learned while it was compiled fast, and the process ends where nothing was,
 * unless nothing has to be undone that was learned. This stays so: other threads compile at any time, and where such a flag changes in the
 * middle of that, the process ends as well.
 */
if (Number.parseInt(process.versions.v8, 10) >= 14) setFlagsFromString("--no-wasm-deopt");

/**
 * Has V8 compile well at once what `action` is the first to call. V8 compiles functions fast first, and well once they have run for a
 * while; but a call that goes on is never exchanged. Lua's interpreter is one large function, and the call of it that is a program's
 * main loop goes on to its end. To compile all functions well would make the first program start 0.15 s later. The flag is one that V8 asks
 * once for each function.
 */
export function wellCompiled<Result>(turn: CompilingTurn, action: () => Result): Result {
  while (Atomics.compareExchange(turn, 0, 0, 1) !== 0) {
    if (Atomics.wait(turn, 0, 1, longest) === "timed-out") break;
  }
  setFlagsFromString("--no-liftoff");
  try {
    return action();
  } finally {
    setFlagsFromString("--liftoff");
    Atomics.store(turn, 0, 0);
    Atomics.notify(turn, 0, 1);
  }
}
