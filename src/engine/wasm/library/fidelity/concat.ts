import type { LuaFunction } from "../../machine/functions.js";
import type { State } from "../../state.js";
import { type Original, replace } from "../replace.js";

/** `table.concat` of 5.3 hands an integer of 64 bits to a message that takes one of 32: only where addresses have 64 is that right. */
export function installConcat(state: State): void {
  if (state.api.machine.compiled.version !== "5.3") return;
  const { api, L } = state;
  api.load(L, findInvalid);
  api.call(L, 0, 1);
  api.setField(L, api.registry, key);
  replace(state, "table", "concat", (original) => concat(state, original));
}

const key = "luacov-ts concat";

const findInvalid = `
local type, floor = type, math.floor
return function(list, _, from)
  from = from or 1
  while type(list[from]) == "string" or type(list[from]) == "number" do from = from + 1 end
  return from
end`;

function concat(state: State, original: Original): LuaFunction {
  const { api } = state;
  return (L) => {
    const count = Math.min(api.getTop(L), 3);
    try {
      return original(L);
    } catch (error) {
      // What is thrown ends this call: its value is at the top, and may be another one before that goes on.
      if (api.type(L, -1) === "string") mend(state, L, count);
      throw error;
    }
  };
}

function mend(state: State, L: number, count: number): void {
  const { api } = state;
  const text = Buffer.from(api.toBytes(L, -1) ?? []).toString("latin1");
  const found = /^(.*invalid value \(\w+\) at index )-?\d+( in table for 'concat')$/s.exec(text);
  if (found === null) return;
  api.getField(L, api.registry, key);
  for (let index = 1; index <= count; index++) api.pushValue(L, index);
  state.unseen.during(L, () => api.call(L, count, 1));
  const at = state.toNumber(L, -1);
  state.pushBytes(L, Buffer.from(`${found[1]}${at}${found[2]}`, "latin1"));
}
