import { startProcessorTime } from "../../host/primitives/time/processorTime.js";
import type { LuaFunction } from "../machine/functions.js";
import type { State } from "../state.js";
import type { WideTimes } from "../system/wideTimes.js";
import { type Original, replace } from "./replace.js";

/**
 * What the os library does with times. C's time_t has 32 bits in the package: a time that does not fit goes past C's library, which has
 * a 0 in its place.
 */
export function installTimes(state: State, wide: WideTimes): void {
  replace(state, "os", "clock", () => clock(state, startProcessorTime()));
  replace(state, "os", "time", (original) => time(state, original, wide));
  replace(state, "os", "date", (original) => date(state, original, wide));
  replace(state, "os", "difftime", (original) => difftime(state, original));
}

function clock(state: State, processorTime: () => number): LuaFunction {
  return (L) => {
    state.pushFloat(L, processorTime());
    return 1;
  };
}

function time(state: State, original: Original, wide: WideTimes): LuaFunction {
  return (L) => {
    const results = original(L);
    const made = wide.takeMade();
    if (made === null) return results;
    state.pushSimple(L, made);
    return 1;
  };
}

function date(state: State, original: Original, wide: WideTimes): LuaFunction {
  return (L) => {
    const given = wideNumber(state, L, 2);
    if (given === null) return original(L);
    pushZero(state, L, 2);
    return wide.during(given, () => original(L));
  };
}

function difftime(state: State, original: Original): LuaFunction {
  const { api } = state;
  return (L) => {
    const given = [1, 2].map((index) => wideNumber(state, L, index));
    if (given.every((each) => each === null)) return original(L);
    const others = [1, 2].map((index) => state.toNumber(L, index));
    for (const [index, each] of given.entries()) if (each !== null) pushZero(state, L, index + 1);
    original(L);
    api.pop(L);
    const [later = 0, earlier = 0] = given.map((each, index) => each ?? Math.trunc(others[index] ?? 0));
    state.pushFloat(L, later - earlier);
    return 1;
  };
}

/** A whole number that has no room in a time_t; null for whatever C's library can judge by itself. */
function wideNumber(state: State, L: number, index: number): number | null {
  const { api, layout } = state;
  if (index > api.getTop(L)) return null;
  const type = api.type(L, index);
  const number =
    type === "string" ? Number(Buffer.from(api.toBytes(L, index) ?? [])) : state.toNumber(L, index);
  if (number === null || Number.isNaN(number) || Math.abs(number) < 2 ** 31) return null;
  const hasIntegers = layout.marks.integer !== layout.marks.number;
  if (hasIntegers) return Number.isInteger(number) && Math.abs(number) <= 2 ** 63 ? number : null;
  return Math.trunc(number);
}

function pushZero(state: State, L: number, index: number): void {
  state.pushSimple(L, 0);
  state.moveTop(L, index);
}
