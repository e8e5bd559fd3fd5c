import { createHost, type Host } from "../host/host.js";
import type { Around } from "./around.js";
import { type Bound, bindHost, setFunctions } from "./bind/bind.js";
import { baseFunctions } from "./bind/bindBase.js";
import { compileSample, forgetHostClosures, loadHostChunk } from "./bind/bindChunks.js";
import { asItIs, loadFunctions } from "./bind/bindLoad.js";
import { installExit } from "./exit.js";
import { keepModuleCode, type LuaState, lauxlib, lua, openLibraries, toLuaString } from "./fengari.js";
import { installFidelity } from "./fidelity/install.js";
import { installStop, Stop } from "./stop.js";

/** A state in which a program finds the libraries as one of the system's `lua` does, and the ways to what is around it. */
export interface OpenState extends Bound {
  readonly L: LuaState;
}

/** A state that nobody has taken yet, with what its program will have around it. */
interface StateAhead {
  readonly state: OpenState;
  readonly around: Around;
}

let ahead: StateAhead | null = null;

/** Opens the next state while nobody waits for it. */
export function openStateAhead(): void {
  ahead ??= openForNobody();
}

/** Opens a state, or takes the one that has been opened ahead. */
export function openState({
  host,
  stop,
  chunks = null,
  rewrite = asItIs,
}: Pick<Around, "host" | "stop"> & Partial<Around>): OpenState {
  const { state, around } = ahead ?? openForNobody();
  ahead = null;
  Object.assign(around, { host, stop, chunks, rewrite });
  chunks?.begin();
  return state;
}

/** Opens the first state, for which all that every one needs is loaded and compiled. */
export function prepareStates(): void {
  openStateAhead();
  keepModuleCode(compileSample);
}

/** A state with Lua's libraries, and nothing around it. */
export function newState(): LuaState {
  const L = lauxlib.luaL_newstate();
  openLibraries(L);
  installFidelity(L);
  return L;
}

let nobody: Host | null = null;

function openForNobody(): StateAhead {
  nobody ??= createHost({ hasInput: false });
  const around = { host: nobody, stop: new Stop(), chunks: null, rewrite: asItIs };
  return { state: open(around), around };
}

function open(around: Around): OpenState {
  const L = newState();
  forgetHostClosures();
  installStop(L, around);
  installExit(L, around);
  lua.lua_getglobal(L, toLuaString("_G"));
  setFunctions(L, baseFunctions(L, around));
  setFunctions(L, loadFunctions(around));
  lua.lua_pop(L, 1);
  const bound = bindHost(L, around);
  lua.lua_getglobal(L, toLuaString("debug"));
  setFunctions(L, { debug: runDebugger });
  lua.lua_pop(L, 1);
  return { ...bound, L };
}

/** fengari's own debug.debug wants a terminal. */
function runDebugger(L: LuaState): number {
  loadHostChunk(L, "host/debugger");
  lua.lua_call(L, 0, 0);
  return 0;
}
