import { type LuaState, lauxlib, openLibraries } from "./fengari.js";
import { installFidelity } from "./fidelity/install.js";

/** A state that nobody has taken yet. */
let ahead: LuaState | null = null;

/** Makes the next state while nobody waits for it. */
export function makeStateAhead(): void {
  ahead ??= stateWithLibraries();
}

/** A state with Lua's libraries, without what a program has around it. */
export function newState(): LuaState {
  const L = ahead ?? stateWithLibraries();
  ahead = null;
  return L;
}

function stateWithLibraries(): LuaState {
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  installFidelity(L);
  return L;
}
