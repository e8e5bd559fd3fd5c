import type { LuaFunction } from "../../machine/functions.js";
import type { WasmVersion } from "../../package/versions.js";
import type { State } from "../../state.js";
import { type Original, replace } from "../replace.js";

/**
 * `math.random` of 5.1 to 5.3 is C's `rand`, which is another one in each C library: the numbers of a seed are those of glibc here,
 * as programs know them from Linux. Later versions have a generator of Lua's own.
 */
export function installRandom(state: State): void {
  const { version } = state.api.machine.compiled;
  const range = ranges[version];
  if (range === undefined) return;
  // What C has where nobody gives a seed.
  const source = { next: generator(1) };
  replace(state, "math", "random", (original) => random(state, original, () => range(source.next())));
  replace(state, "math", "randomseed", (original) => (L) => {
    original(L);
    source.next = generator(Number(BigInt.asIntN(32, BigInt(Math.trunc(numberAt(state, L, 1))))));
    // As lmathlib.c has it from 5.2 on, to get rid of what is near to the seed.
    if (version !== "5.1") source.next();
    return 0;
  });
}

const greatest = 2 ** 31 - 1;

/** A number from 0 to less than 1, of one of C's. */
const ranges: Partial<Record<WasmVersion, (drawn: number) => number>> = {
  "5.1": (drawn) => (drawn % greatest) / greatest,
  "5.2": (drawn) => (drawn % greatest) / greatest,
  "5.3": (drawn) => drawn * (1 / (greatest + 1)),
};

/** C's own function is asked first, as it checks the arguments. */
function random(state: State, original: Original, next: () => number): LuaFunction {
  const { api } = state;
  return (L) => {
    const count = api.getTop(L);
    original(L);
    const drawn = next();
    if (count === 0) {
      state.pushFloat(L, drawn);
      return 1;
    }
    if (api.machine.compiled.version === "5.3") state.pushSimple(L, between(state, L, drawn, count));
    else {
      const low = count === 1 ? 1 : wholeAt(state, L, 1);
      const up = wholeAt(state, L, count);
      state.pushSimple(L, Math.floor(drawn * (up - low + 1)) + low);
    }
    return 1;
  };
}

/** As lmathlib.c of 5.3 has it: integers of 64 bits, but their distance is a float. */
function between(state: State, L: number, drawn: number, count: number): bigint {
  const low = count === 1 ? 1n : integerAt(state, L, 1);
  const distance = integerAt(state, L, count) - low;
  return low + BigInt(Math.floor(drawn * (Number(distance) + 1)));
}

function integerAt(state: State, L: number, index: number): bigint {
  return state.toInteger(L, index) ?? BigInt(numberAt(state, L, index));
}

/** 5.1 cuts numbers to integers, 5.2 takes them as they are. */
function wholeAt(state: State, L: number, index: number): number {
  const number = numberAt(state, L, index);
  return state.api.machine.compiled.version === "5.1" ? Math.trunc(number) : number;
}

function numberAt(state: State, L: number, index: number): number {
  return state.toNumber(L, index) ?? Number(Buffer.from(state.api.toBytes(L, index) ?? []).toString());
}

/** glibc's `random`: each of 31 numbers in turn grows by the one 3 before it, and its lowest bit is dropped. */
function generator(seed: number): () => number {
  const numbers = new Int32Array(31);
  numbers[0] = seed === 0 ? 1 : seed;
  for (let index = 1; index < 31; index++) {
    const before = numbers[index - 1] ?? 0;
    const next = 16807 * (before % 127773) - 2836 * Math.trunc(before / 127773);
    numbers[index] = next < 0 ? next + greatest : next;
  }
  let at = 3;
  const draw = () => {
    const sum = ((numbers[(at + 28) % 31] ?? 0) + (numbers[at] ?? 0)) | 0;
    numbers[at] = sum;
    at = (at + 1) % 31;
    return sum >>> 1;
  };
  for (let index = 0; index < 310; index++) draw();
  return draw;
}
