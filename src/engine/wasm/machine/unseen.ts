import type { WasmVersion } from "../package/versions.js";
import type { Lua } from "../state.js";
import { indexOf, type LuaFunction, type LuaHook } from "./functions.js";
import { knownHookLayout } from "./hook.js";
import { topObject } from "./values.js";

/**
 * What the hooks of a program do not see. In native Luas `agent/hooks` has one hook called for another; here C itself passes over what
 * is ours, so that a program's hook is Lua's own where nobody else listens: the only way in which levels are right in 5.1.
 */
export interface Unseen {
  /** Runs Lua of ours as what C does. Another thread may call a hook meanwhile. */
  readonly during: <Result>(L: number, action: () => Result) => Result;
  /** For Lua: from here on, no hook of a program is called for the function that is the last argument, nor for what it calls. */
  readonly hide: LuaFunction;
}

/** Where calls lie, of which a lua_State has the innermost, in lstate.h; `func` in them points to the function that is called. */
interface Calls {
  readonly innermost: number;
  readonly func: number;
  /** 0 behind the last. */
  previous(call: number, L: number): number;
}

/** How many calls below a function that is hidden are looked at: such a function calls few others, one in the other. */
const greatestDepth = 8;

/** Versions whose calls are as we know them. */
const checked = new Set<WasmVersion>();

/** Throws where calls are not as in any Lua that we know. */
export function unseenBy(state: Lua): Unseen {
  const { api } = state;
  const layout = knownHookLayout(state);
  const { memory, table } = api.machine;
  const hidden = new Set<number>();
  const calls = callsOf(state);
  const original = hookOfLibrary(state, layout.hook);
  const callHook = table.get(original);
  const isHidden = (L: number): boolean => {
    let call = memory.word(L + calls.innermost);
    for (let depth = 0; depth < greatestDepth && call !== 0; depth++) {
      if (hidden.has(memory.word(memory.word(call + calls.func)))) return true;
      call = calls.previous(call, L);
    }
    return false;
  };
  const hook: LuaHook = (L, event) => {
    if (!isHidden(L)) callHook(L, event);
  };
  table.set(original, table.get(indexOf(api, hook, "hook")));
  const unseen: Unseen = {
    during: (L, action) => {
      const before = memory.copy(L + layout.allow, 1)[0] ?? 1;
      memory.setByte(L + layout.allow, 0);
      try {
        return action();
      } finally {
        memory.setByte(L + layout.allow, before);
      }
    },
    hide: (L) => {
      hidden.add(topObject(api, L, state.layout));
      // Its address must never be another one's.
      api.setField(L, api.registry, `${hideName} ${hidden.size}`);
      return 0;
    },
  };
  const { version } = api.machine.compiled;
  if (!checked.has(version)) check(state, unseen);
  checked.add(version);
  return unseen;
}

function callsOf({ api, layout: { topOffset } }: Lua): Calls {
  const { memory, compiled } = api.machine;
  if (compiled.version !== "5.1") {
    return { innermost: topOffset + 8, func: 0, previous: (call) => memory.word(call + 8) };
  }
  // They are in one array, whose elements have six words, and which begins at `base_ci`.
  const first = topOffset + 32;
  const previous = (call: number, L: number) => (call === memory.word(L + first) ? 0 : call - 24);
  return { innermost: topOffset + 12, func: 4, previous };
}

/** The index of the function in C that `debug.sethook` sets as the hook, which calls the one of the program. */
function hookOfLibrary({ api, L }: Lua, offset: number): number {
  api.load(L, "debug.sethook(function() end, '', 2 ^ 20)");
  api.call(L, 0, 0);
  const index = api.machine.memory.word(L + offset);
  api.load(L, "debug.sethook()");
  api.call(L, 0, 0);
  return index;
}

const hideName = "luacov-ts hide";

/** Of two functions that are the same, a hook is to see one. */
function check(state: Lua, unseen: Unseen): void {
  const { api, L } = state;
  state.pushFunction(L, unseen.hide);
  api.setField(L, api.registry, hideName);
  api.load(
    L,
    `local hide, sethook, events = debug.getregistry()[${JSON.stringify(hideName)}], debug.sethook, 0
    local function seen() return (type(1)) end
    local function unseen() return (type(1)) end
    hide(unseen)
    sethook(function() events = events + 1 end, "cr")
    seen()
    unseen()
    sethook()
    return tostring(events)`,
  );
  api.call(L, 0, 1);
  const events = Buffer.from(api.toBytes(L, -1) ?? []).toString();
  api.pop(L);
  // Both returns from and calls of sethook, and four of the function and of what it calls.
  if (events !== "6") throw new Error(`the Lua of the package has calls otherwise (${events} events)`);
}
