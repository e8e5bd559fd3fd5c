import type { LuaFunction, LuaState } from "../fengari.js";
import { api as machineApi } from "./machine.js";

/** The call that failed, as far as it is changed here. */
interface Frame {
  top: number;
}

/** How many values ldo.js pushes to call the handler of JavaScript's exceptions. */
const HANDLER_SLOTS = 4;

/**
 * After a JavaScript exception ldo.js pushes the handler on top of the stack of the call that failed. Where
 * that is full, as in the middle of a concatenation, its check raises the next error, and what the program
 * catches is the handler. Nothing returns to that call, so it can have a larger stack.
 */
const pushFunction = machineApi.lua_pushcfunction;
machineApi.lua_pushcfunction = (L: LuaState, f: LuaFunction) => {
  const frame: Frame = L.ci as unknown as Frame;
  frame.top = Math.max(frame.top, L.top + HANDLER_SLOTS);
  pushFunction(L, f);
};
