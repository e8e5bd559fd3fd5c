import type { ProfiledFunction } from "../../../types.js";
import type { CallInfo } from "../fengari.js";
import { calledBy, type FengariProto, type LuaFunction, type LuaState, toText } from "../fengari.js";
import { shownChunk } from "./chunkNames.js";
import { libraryNames } from "./libraryNames.js";

/** Which function is which: closures of one text at one place are one function. */
export interface CalledFunctions {
  /** The index of the function of a call; null for one of ours, and for one of C that such a one has called. */
  indexOf(call: CallInfo): number | null;
  /** The index of what is no function of the program, as a test is. */
  add(fn: ProfiledFunction): number;
  /** Whether nobody knows its name, as of what runs the program, and our runner's own functions. */
  isNameless(index: number | null): boolean;
  readonly all: readonly ProfiledFunction[];
}

/** `fileOf` says which file a name stands for as the program runs now. */
export function createCalledFunctions(L: LuaState, fileOf: (name: string) => string): CalledFunctions {
  const all: ProfiledFunction[] = [];
  const byProto = new WeakMap<FengariProto, number | null>();
  const byFunction = new WeakMap<LuaFunction, number>();
  const byPlace = new Map<string, number>();
  const nameOf = libraryNames(L);
  const add = (fn: ProfiledFunction): number => {
    const place = JSON.stringify(fn);
    const known = byPlace.get(place) ?? all.push(fn) - 1;
    byPlace.set(place, known);
    return known;
  };
  const ofLua = (proto: FengariProto): number | null => {
    const known = byProto.get(proto);
    if (known !== undefined) return known;
    // Only the Lua that we ship has no lines.
    const index = proto.lineinfo.length === 0 ? null : add(described(proto, fileOf));
    byProto.set(proto, index);
    return index;
  };
  const ofC = (fn: LuaFunction): number => {
    const index =
      byFunction.get(fn) ?? add({ kind: "C", name: nameOf(fn), file: null, line: 0, lastLine: 0 });
    byFunction.set(fn, index);
    return index;
  };
  const isOfOurs = (call: CallInfo | null) => {
    const called = call === null ? null : calledBy(call);
    return called?.kind === "Lua" && ofLua(called.proto) === null;
  };
  const indexOf = (call: CallInfo) => {
    const called = calledBy(call);
    if (called === null) return null;
    if (called.kind === "Lua") return ofLua(called.proto);
    return isOfOurs(call.previous) ? null : ofC(called.fn);
  };
  const isNameless = (index: number | null) => index !== null && all[index]?.name === "?";
  return { indexOf, add, isNameless, all };
}

function described(proto: FengariProto, fileOf: (name: string) => string): ProfiledFunction {
  const bytes = proto.source.getstr();
  const source = toText(bytes);
  const isFile = source.startsWith("@");
  const isMain = proto.linedefined === 0;
  return {
    kind: isMain ? "main" : "Lua",
    name: isFile ? null : shownName(bytes),
    file: isFile ? fileOf(source.slice(1)) : null,
    line: proto.linedefined,
    lastLine: isMain ? 0 : proto.lastlinedefined,
  };
}

function shownName(bytes: Uint8Array): string {
  return toText(Buffer.from(shownChunk(Buffer.from(bytes).toString("latin1")), "latin1"));
}
