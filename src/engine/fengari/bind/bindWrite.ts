import { formatNumber } from "../../host/primitives/numeral.js";
import type { Stream } from "../../host/primitives/streams/stream.js";
import type { Around } from "../around.js";
import { type LuaFunction, type LuaState, lua, pushOf, toFunction, toLuaString } from "../fengari.js";
import type { Push } from "./bindExport.js";
import { streamId } from "./bindHandle.js";
import { pushFailure } from "./bindValue.js";

/** Where io.write writes to. */
interface Output {
  readonly id: number | undefined;
  readonly push: Push;
}

/**
 * A short way for what programs do most: write strings and numbers to an open file. All else, and every error in
 * the arguments, is left to the library in Lua, which costs eight times as much.
 */
export function writers(around: Pick<Around, "host">): Readonly<Record<string, LuaFunction>> {
  let output: Output | null = null;
  return {
    output: (L) => {
      output = { id: streamId(L, 1), push: pushOf(L, 1) };
      return 0;
    },
    writer: (L) => {
      const write = toFunction(L, 1);
      const method: LuaFunction = (L1) => {
        const stream = openStream(around, streamId(L1, 1));
        return stream !== null && areWritable(L1, 2) ? writeAll(L1, stream) : write(L1);
      };
      const library: LuaFunction = (L1) => {
        const stream = openStream(around, output?.id);
        if (output === null || stream === null || !areWritable(L1, 1)) return write(L1);
        output.push(L1);
        lua.lua_insert(L1, 1);
        return writeAll(L1, stream);
      };
      lua.lua_pushcfunction(L, lua.lua_toboolean(L, 2) ? method : library);
      return 1;
    },
  };
}

function openStream({ host }: Pick<Around, "host">, id: number | undefined): Stream | null {
  return id === undefined ? null : host.stream(id);
}

function areWritable(L: LuaState, first: number): boolean {
  const count = lua.lua_gettop(L);
  for (let index = first; index <= count; index++) {
    const type = lua.lua_type(L, index);
    if (type !== lua.LUA_TSTRING && type !== lua.LUA_TNUMBER) return false;
  }
  return true;
}

/** Writes the values behind the handle, which is the result. */
function writeAll(L: LuaState, stream: Stream): number {
  const count = lua.lua_gettop(L);
  try {
    for (let index = 2; index <= count; index++) stream.write(bytesAt(L, index));
  } catch (error) {
    return pushFailure(L, error);
  }
  lua.lua_settop(L, 1);
  return 1;
}

/** Floats are written with "%.14g": unlike what tostring makes of them, without ".0". */
function bytesAt(L: LuaState, index: number): Uint8Array {
  const isFloat = lua.lua_type(L, index) === lua.LUA_TNUMBER && !lua.lua_isinteger(L, index);
  const text = isFloat ? null : lua.lua_tolstring(L, index);
  return text ?? toLuaString(formatNumber(lua.lua_tonumber(L, index), 14));
}
