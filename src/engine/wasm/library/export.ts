import { bytesOf } from "../../host/primitives/value.js";
import { LUA_MULTRET } from "../machine/api.js";
import type { LuaFunction } from "../machine/functions.js";
import type { State } from "../state.js";

/** The error that a library function in Lua wants to be raised in its own name. */
type Raised =
  | { readonly kind: "argument"; readonly argument: number; readonly text: Uint8Array }
  | { readonly kind: "type"; readonly argument: number; readonly text: Uint8Array }
  | { readonly kind: "message"; readonly text: Uint8Array };

export interface Exporter {
  /** For Lua, as `src/lua/native/main.lua` describes them. */
  readonly functions: Readonly<Record<"export" | "argerror" | "typeerror" | "raise", LuaFunction>>;
  /** Raises an error in the name of the function that was made of the Lua that runs. */
  raise(L: number, message: Uint8Array): never;
}

/**
 * Makes library functions that are written in Lua look like C functions, whatever looks at them: each is called by a function of the
 * engine, which raises its errors once no Lua of ours is left on the stack. So a message names the line of the caller and the
 * function as the caller wrote it, and a traceback has one line for it.
 */
export function exporter(state: State): Exporter {
  const { api } = state;
  let count = 0;
  let raised: Raised | null = null;
  keepArgumentMessage(state);
  const raise = (L: number, error: Raised): never => {
    raised = error;
    state.pushSimple(L, null);
    return state.raiseValue(L);
  };
  const caller = (key: string): LuaFunction => {
    return (L) => {
      const top = api.getTop(L);
      if (state.unseen.during(L, () => callWith(state, L, key, top))) return api.getTop(L) - top;
      const error = raised;
      raised = null;
      if (error === null) return state.raiseValue(L);
      api.setTop(L, top);
      return raiseAtCaller(state, L, error);
    };
  };
  const text = (L: number, index: number) => api.toBytes(L, index) ?? new Uint8Array();
  const number = (L: number) => state.toNumber(L, 1) ?? 0;
  return {
    raise: (L, message) => raise(L, { kind: "message", text: message }),
    functions: {
      export: (L) => {
        const key = `luacov-ts export ${count++}`;
        api.pushValue(L, 1);
        api.setField(L, api.registry, key);
        state.pushFunction(L, caller(key));
        return 1;
      },
      argerror: (L) => raise(L, { kind: "argument", argument: number(L), text: text(L, 2) }),
      typeerror: (L) => raise(L, { kind: "type", argument: number(L), text: text(L, 2) }),
      raise: (L) => raise(L, { kind: "message", text: text(L, 1) }),
    },
  };
}

/** Calls a function with copies of the arguments; they stay for messages about them. */
function callWith({ api }: State, L: number, key: string, count: number): boolean {
  api.getField(L, api.registry, key);
  for (let index = 1; index <= count; index++) api.pushValue(L, index);
  return api.protectedCall(L, count, LUA_MULTRET);
}

function raiseAtCaller(state: State, L: number, error: Raised): never {
  const { api } = state;
  if (error.kind === "message") return state.raise(L, error.text);
  const isThere = error.argument <= api.getTop(L);
  api.getField(L, api.registry, message);
  state.pushSimple(L, error.argument);
  state.pushBytes(L, error.text);
  state.pushSimple(L, error.kind === "type");
  state.pushSimple(L, isThere);
  if (isThere) api.pushValue(L, error.argument);
  state.unseen.during(L, () => api.call(L, isThere ? 5 : 4, 1));
  return state.raise(L, api.toBytes(L, -1) ?? bytesOf(""));
}

const message = "luacov-ts argument message";

/**
 * luaL_argerror and luaL_typeerror of each version, called by the function that they are about: it is on level 2. Where nobody
 * called it by a name, from 5.2 on that under which it is in a library does.
 */
const argumentMessage = `
local getinfo, type, getmetatable, format, sub = debug.getinfo, type, debug.getmetatable, string.format, string.sub
local next, loaded, version = next, package.loaded, _VERSION
local hasnames = version ~= "Lua 5.1" and version ~= "Lua 5.2"

local function nameof(f)
  for library, each in next, loaded do
    if each == f then return library end
    if type(each) == "table" then
      for field, value in next, each do
        if value == f and type(field) == "string" then
          return library == "_G" and version ~= "Lua 5.2" and field or library .. "." .. field
        end
      end
    end
  end
end

local function typename(value)
  local metatable = getmetatable(value)
  local name = hasnames and metatable and rawget(metatable, "__name")
  if type(name) == "string" then return name end
  return type(value)
end

return function(n, text, istype, isthere, value)
  if istype then text = text .. " expected, got " .. (isthere and typename(value) or "no value") end
  local info = getinfo(2, "nf")
  local name = info.name
  if info.namewhat == "method" then
    n = n - 1
    if n == 0 then return format("calling '%s' on bad self (%s)", name, text) end
  end
  if not name and version ~= "Lua 5.1" then name = nameof(info.func) end
  return format("bad argument #%d to '%s' (%s)", n, name or "?", text)
end`;

function keepArgumentMessage({ api, L }: State): void {
  api.load(L, argumentMessage);
  api.call(L, 0, 1);
  api.setField(L, api.registry, message);
}
