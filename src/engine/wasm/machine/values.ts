import type { LuaApi } from "./api.js";

/**
 * How a version lays its values out in memory, which the package has no functions for: where a lua_State keeps the top of
 * its stack, and how values of each type are marked. It is read off values that Lua itself has made.
 */
export interface ValueLayout {
  /** From a lua_State to the address of the first free slot of its stack. */
  readonly topOffset: number;
  /** The mark of each kind of value, in the word behind its first eight bytes. */
  readonly marks: Readonly<Record<Kind, number>>;
  /** Where a closure of 5.1 has its function; null where a C function is a value by itself. */
  readonly functionOffset: number | null;
}

type Kind = "number" | "integer" | "true" | "false" | "function";

/** TValue of lobject.h for 32-bit addresses: eight bytes of value, then the mark. */
const size = 16;
const markOffset = 8;
/** The mark is a byte; 5.4 keeps something else behind it. */
const markBits = 0xff;

/** Of what of a lua_State is looked at, in bytes. */
const stateSize = 64;

/** Reads how values lie in a fresh state. Throws where that is not as in any Lua that we know. */
export function valueLayout(api: LuaApi, L: number): ValueLayout {
  const topOffset = topOffsetOf(api, L);
  const at = (back: number) => api.machine.memory.word(L + topOffset) - back * size;
  api.load(L, "return print, 1.5, 7, true, false");
  api.call(L, 0, 5);
  const mark = (back: number) => api.machine.memory.word(at(back) + markOffset) & markBits;
  const marks = { function: mark(5), number: mark(4), integer: mark(3), true: mark(2), false: mark(1) };
  const functionOffset = functionOffsetOf(api, at(5));
  const layout = { topOffset, marks, functionOffset };
  api.pop(L, 5);
  check(api, L, layout);
  return layout;
}

/** The only word that grows by the size of a value with each value that is pushed. */
function topOffsetOf(api: LuaApi, L: number): number {
  const words = () =>
    Array.from({ length: stateSize / 4 }, (_, index) => api.machine.memory.word(L + index * 4));
  const before = words();
  api.pushText(L, "");
  const between = words();
  api.pushText(L, "");
  const after = words();
  api.pop(L, 2);
  const found = before.flatMap((word, index) =>
    between[index] === word + size && after[index] === word + 2 * size ? [index * 4] : [],
  );
  const [offset] = found;
  if (offset === undefined || found.length > 1)
    throw new Error("where the top of Lua's stack is cannot be told");
  return offset;
}

/** `f` of 5.1's CClosure in lobject.h. */
const closureFunction = 16;

function functionOffsetOf({ machine: { memory, table, compiled } }: LuaApi, at: number): number | null {
  const value = memory.word(at);
  if (compiled.version !== "5.1") {
    if (value > 0 && value < table.length) return null;
  } else {
    const slot = memory.word(value + closureFunction);
    if (slot > 0 && slot < table.length) return closureFunction;
  }
  throw new Error("where Lua keeps its C functions cannot be told");
}

/** Puts values together and lets Lua itself look at them. */
function check(api: LuaApi, L: number, layout: ValueLayout): void {
  api.load(
    L,
    "local a, b, c, d = ...; return a == 2.25 and b == -3 and c == true and d == false and b + 5 == 2",
  );
  for (const value of [2.25, -3, true, false]) pushSimple(api, L, layout, value);
  api.call(L, 4, 1);
  const { memory } = api.machine;
  const mark = memory.word(memory.word(L + layout.topOffset) - size + markOffset) & markBits;
  if (mark !== layout.marks.true || api.type(L, -1) !== "boolean")
    throw new Error("values are not as Lua has them");
  api.pop(L);
}

/** Pushes a number or a boolean; whole numbers are integers where Lua has these. */
export function pushSimple(
  { pushText, machine: { memory } }: LuaApi,
  L: number,
  { topOffset, marks }: ValueLayout,
  value: number | bigint | boolean,
  isFloat = false,
): void {
  pushText(L, "");
  const at = memory.word(L + topOffset) - size;
  const hasIntegers = marks.integer !== marks.number && !isFloat;
  const isWhole = typeof value !== "boolean" && hasIntegers && isInteger(value);
  if (typeof value === "boolean") memory.setWord(at, Number(value));
  else if (isWhole) memory.setInteger(at, value);
  else memory.setDouble(at, Number(value));
  memory.setWord(
    at + markOffset,
    marks[typeof value === "boolean" ? (value ? "true" : "false") : isWhole ? "integer" : "number"],
  );
}

function isInteger(value: number | bigint): boolean {
  if (typeof value === "bigint") return true;
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 && !Object.is(value, -0);
}

/** Whether the value at the top, a boolean, is true. */
export function isTopTrue(
  { machine: { memory } }: LuaApi,
  L: number,
  { topOffset, marks }: ValueLayout,
): boolean {
  const at = memory.word(L + topOffset) - size;
  return marks.true === marks.false
    ? memory.word(at) !== 0
    : (memory.word(at + markOffset) & markBits) === marks.true;
}

/** The number at the top; null for anything else. */
export function topNumber(
  { machine: { memory } }: LuaApi,
  L: number,
  { topOffset, marks }: ValueLayout,
): number | null {
  const at = memory.word(L + topOffset) - size;
  const mark = memory.word(at + markOffset) & markBits;
  if (mark === marks.number) return memory.double(at);
  return mark === marks.integer ? memory.integer(at) : null;
}

/** The integer at the top with all its bits; null for anything else. */
export function topInteger(
  { machine: { memory } }: LuaApi,
  L: number,
  { topOffset, marks }: ValueLayout,
): bigint | null {
  const at = memory.word(L + topOffset) - size;
  const isInteger =
    marks.integer !== marks.number && (memory.word(at + markOffset) & markBits) === marks.integer;
  return isInteger ? memory.wholeInteger(at) : null;
}

/** Whether one of the values at the top is a float of a kind. */
export function hasNumber(
  api: LuaApi,
  L: number,
  layout: ValueLayout,
  count: number,
  isWanted: (value: number) => boolean,
): boolean {
  const { memory } = api.machine;
  const { topOffset, marks } = layout;
  const top = memory.word(L + topOffset);
  for (let at = top - count * size; at < top; at += size) {
    if ((memory.word(at + markOffset) & markBits) === marks.number && isWanted(memory.double(at)))
      return true;
  }
  return false;
}

/** Moves the value at the top to the place of one below. */
export function moveTop(api: LuaApi, L: number, { topOffset }: ValueLayout, index: number): void {
  const { memory } = api.machine;
  const top = memory.word(L + topOffset);
  const count = api.getTop(L);
  memory.write(top - (count - index + 1) * size, memory.copy(top - size, markOffset + 4));
  api.pop(L);
}

/** The address of the object at the top, which the collector owns. */
export function topObject({ machine: { memory } }: LuaApi, L: number, { topOffset }: ValueLayout): number {
  return memory.word(memory.word(L + topOffset) - size);
}

/** The value at the top is a C function: tells its index in the table, and lets it be another one. */
export function topFunction(
  { machine: { memory } }: LuaApi,
  L: number,
  { topOffset, functionOffset }: ValueLayout,
): { readonly index: number; set(index: number): void } {
  const value = memory.word(L + topOffset) - size;
  const at = functionOffset === null ? value : memory.word(value) + functionOffset;
  return { index: memory.word(at), set: (index) => memory.setWord(at, index) };
}
