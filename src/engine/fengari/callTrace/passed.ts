import type { CallInfo, LuaState } from "../fengari.js";
import { calledBy } from "../fengari.js";
import { returnedAt } from "../lua53.js";
import type { TracedValues } from "./tracedValues.js";

/** What the call that begins was given, as a text; null where nobody says that: of main chunks. */
export function givenTo(thread: LuaState, values: TracedValues): string | null {
  const { ci } = thread;
  const called = calledBy(ci);
  if (called?.kind !== "Lua") return values(thread, range(ci.funcOff + 1, thread.top));
  const { linedefined, numparams, is_vararg } = called.proto;
  if (linedefined === 0) return null;
  const parameters = range(ci.l_base, ci.l_base + numparams);
  // What else there was stays behind the function, where the parameters were as well.
  const others = is_vararg ? range(ci.funcOff + 1 + numparams, ci.l_base) : [];
  return values(thread, [...parameters, ...others]);
}

/** What the call that ends gives back, as a text; null for nothing, and for functions of C, where nobody tells it. */
export function backFrom(thread: LuaState, values: TracedValues): string | null {
  const { ci } = thread;
  const places = calledBy(ci)?.kind === "Lua" ? returned(thread, ci) : [];
  return places.length === 0 ? null : values(thread, places);
}

function returned(thread: LuaState, ci: CallInfo): readonly number[] {
  const called = calledBy(ci);
  const instruction = called?.kind === "Lua" ? called.proto.code[ci.l_savedpc - 1] : undefined;
  const back = instruction === undefined ? null : returnedAt([instruction.code], 0);
  if (back === null) return [];
  const first = ci.l_base + back.register;
  return range(first, back.count === null ? thread.top : first + back.count);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, index) => from + index);
}
