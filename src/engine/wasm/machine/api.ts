import type { Machine } from "./machine.js";

/** Positions on Lua's stack and numbers of lua.h that are the same in all versions. */
export const LUA_MULTRET = -1;

/**
 * What the package has of Lua's C API, by the names of lua.h, with texts as bytes. A function that calls Lua may throw:
 * what it throws then has to go on.
 */
export interface LuaApi {
  readonly machine: Machine;
  newState(): number;
  openLibraries(L: number): void;
  close(L: number): void;
  getTop(L: number): number;
  setTop(L: number, index: number): void;
  pushValue(L: number, index: number): void;
  pop(L: number, count?: number): void;
  /** Bytes without a zero. */
  pushText(L: number, bytes: Uint8Array | string): void;
  type(L: number, index: number): LuaType;
  /** A copy of a string, or of what a number is as a string; null for anything else. */
  toBytes(L: number, index: number): Uint8Array | null;
  /** Writes as many other bytes into a string that nothing else has, and that is nowhere compared. */
  overwrite(L: number, index: number, bytes: Uint8Array): void;
  getField(L: number, index: number, name: string): void;
  /** Takes the value from the top. */
  setField(L: number, index: number, name: string): void;
  getGlobal(L: number, name: string): void;
  /** Takes the value from the top. */
  setGlobal(L: number, name: string): void;
  /** Loads a text of ours without zeros; its name is the text itself. Throws for one that does not load. */
  load(L: number, text: string): void;
  call(L: number, args: number, results: number): void;
  /** False after an error, whose value is on the top; `handler` is where its message handler is, 0 for none. */
  protectedCall(L: number, args: number, results: number, handler?: number): boolean;
  registry: number;
}

export type LuaType =
  | "none"
  | "nil"
  | "boolean"
  | "lightuserdata"
  | "number"
  | "string"
  | "table"
  | "function"
  | "userdata"
  | "thread";

const types: readonly LuaType[] = [
  "nil",
  "boolean",
  "lightuserdata",
  "number",
  "string",
  "table",
  "function",
  "userdata",
  "thread",
];

/** LUA_REGISTRYINDEX, and in 5.1 LUA_GLOBALSINDEX. */
const places = {
  "5.1": { registry: -10000, globals: -10002 },
  "5.2": { registry: -1001000, globals: null },
  "5.3": { registry: -1001000, globals: null },
  "5.4": { registry: -1001000, globals: null },
  "5.5": { registry: -(2 ** 30 - 1 + 1000), globals: null },
} as const;

export function luaApi(machine: Machine): LuaApi {
  const { memory } = machine;
  const { version } = machine.compiled;
  const f = (name: string) => machine.function(name);
  const withText = textArea(machine);
  const [lengthAt, pushString, toLString] = [f("malloc")(4), f("lua_pushstring"), f("lua_tolstring")];
  const [getField, setField, setTop, type] = ["getfield", "setfield", "settop", "type"].map((name) =>
    f(`lua_${name}`),
  );
  const isOld = version === "5.1";
  const [call, protectedCall] = isOld ? [f("lua_call"), f("lua_pcall")] : [f("lua_callk"), f("lua_pcallk")];
  const { registry, globals } = places[version];
  const getGlobal = globals === null ? f("lua_getglobal") : null;
  const api: LuaApi = {
    machine,
    registry,
    newState: f("luaL_newstate"),
    openLibraries: version === "5.5" ? (L) => f("luaL_openselectedlibs")(L, -1, 0) : f("luaL_openlibs"),
    close: f("lua_close"),
    getTop: f("lua_gettop"),
    setTop: (L, index) => setTop?.(L, index),
    pushValue: f("lua_pushvalue"),
    pop: (L, count = 1) => setTop?.(L, -count - 1),
    pushText: (L, text) => withText(text, (at) => pushString(L, at)),
    type: (L, index) => types[type?.(L, index) ?? -1] ?? "none",
    toBytes: (L, index) => {
      const at = toLString(L, index, lengthAt);
      return at === 0 ? null : memory.copy(at, memory.word(lengthAt));
    },
    overwrite: (L, index, bytes) => {
      const at = toLString(L, index, lengthAt);
      if (memory.word(lengthAt) !== bytes.length) throw new Error("a string of another length");
      memory.write(at, bytes);
    },
    getField: (L, index, name) => withText(name, (at) => getField?.(L, index, at)),
    setField: (L, index, name) => withText(name, (at) => setField?.(L, index, at)),
    getGlobal: (L, name) =>
      withText(name, (at) => (globals === null ? getGlobal?.(L, at) : getField?.(L, globals, at))),
    setGlobal: (L, name) => {
      // From 5.2 on the package has no function for that; the globals are a field of the registry's.
      if (globals !== null) return api.setField(L, globals, name);
      api.getGlobal(L, "_G");
      api.pushValue(L, -2);
      api.setField(L, -2, name);
      api.pop(L, 2);
    },
    load: (L, text) => {
      const status = withText(text, (at) => f("luaL_loadstring")(L, at));
      if (status !== 0)
        throw new Error(`a text of ours does not load: ${Buffer.from(api.toBytes(L, -1) ?? [])}`);
    },
    call: (L, args, results) => {
      if (isOld) call(L, args, results);
      else call(L, args, results, 0, 0);
    },
    protectedCall: (L, args, results, handler = 0) =>
      (isOld ? protectedCall(L, args, results, handler) : protectedCall(L, args, results, handler, 0, 0)) ===
      0,
  };
  return api;
}

/** A place in the machine's memory for one text at a time, which C copies from there. */
function textArea({ memory, ...machine }: Machine) {
  const allocate = machine.function("malloc");
  let size = 0;
  let area = 0;
  return <Result>(text: Uint8Array | string, use: (at: number) => Result): Result => {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    if (bytes.length >= size) {
      size = bytes.length * 2 + 1024;
      area = allocate(size);
      if (area === 0) throw new Error("no memory left for a text");
    }
    memory.write(area, bytes);
    memory.write(area + bytes.length, zero);
    return use(area);
  };
}

const zero = Uint8Array.of(0);
