import { objects, tag } from "../machine.js";
import { onNarrowResult } from "./narrowArithmetic.js";

/** Who is told of an integer, written or computed, that fits in Lua's 64 bits but not in the 32 that there are. */
let listener: (() => void) | null = null;

onNarrowResult(() => listener?.());

const readNumeral = objects.luaO_str2num;

// The lexer and every conversion of text to a number call this function through the module's exports.
objects.luaO_str2num = (text, result) => {
  const length = readNumeral(text, result);
  if (listener !== null && length !== 0 && isWide(text, result.type)) listener();
  return length;
};

/** Tells `heard` of wide integers while `run` runs. */
export function withWideIntegers<T>(heard: () => void, run: () => T): T {
  const outer = listener;
  listener = heard;
  try {
    return run();
  } finally {
    listener = outer;
  }
}

/** Whether wide integers are found while `run` runs; whoever is told of them is told. */
export function foundWideIntegers<T>(run: () => T): { readonly result: T; readonly found: boolean } {
  const outer = listener;
  let found = false;
  const heard = () => {
    found = true;
    outer?.();
  };
  return { result: withWideIntegers(heard, run), found };
}

/** Tells of wide integers that were found before. */
export function tellOfWideIntegers(): void {
  listener?.();
}

/** The shortest numeral that does not fit has ten characters: 2147483648. */
const SHORTEST = 10;

/** A decimal integer became a float; a hexadecimal one lost its upper digits, or became negative. */
function isWide(text: Uint8Array, type: number): boolean {
  if (text.length < SHORTEST) return false;
  const numeral = Buffer.from(text).toString("latin1").replace(/\0+$/, "").trim();
  return type === tag.float
    ? /^-?\d+$/.test(numeral)
    : /^-?0x0*([1-9a-f][0-9a-f]{8,}|[89a-f][0-9a-f]{7})$/i.test(numeral);
}
