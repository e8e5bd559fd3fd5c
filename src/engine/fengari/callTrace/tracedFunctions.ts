import { encodeName } from "../../../files/names.js";
import { findMatch } from "../../../luacov/pattern/match.js";
import { parsePattern } from "../../../luacov/pattern/parse.js";
import type { TraceRequest } from "../../../types.js";
import type { Called, FengariProto, LuaFunction, LuaState } from "../fengari.js";
import { shownChunk } from "../profile/chunkNames.js";
import { libraryNames } from "../profile/libraryNames.js";
import type { Texts } from "./texts.js";

/** What a trace says of a function, and whether it is about that. */
export interface TracedFunction {
  readonly isOurs: boolean;
  readonly isC: boolean;
  /** Whether what it calls in C is none of the program's, or how it does its own work. */
  readonly hidesC: boolean;
  /** Whether nobody knows it, as what runs the program. */
  readonly isNameless: boolean;
  readonly name: string;
  /** What is before the line of a place. */
  readonly file: string;
  /** Where it is defined. */
  readonly place: string;
  /** The name of its chunk. */
  readonly source: string;
  /** Whether its file is one of those that are asked for; and whether its calls are. */
  readonly isFile: boolean;
  readonly isNamed: boolean;
}

export interface TracedFunctions {
  of(called: Called): TracedFunction;
  /** A file, by its bytes, as seen from the current folder. */
  seen(name: string): string;
  /** From here on, a function is ours. */
  hide(fn: LuaFunction): void;
}

const catchers: readonly string[] = ["pcall", "xpcall"];
const ours: TracedFunction = {
  isOurs: true,
  isC: false,
  hidesC: true,
  isNameless: true,
  name: "",
  file: "",
  place: "",
  source: "",
  isFile: false,
  isNamed: false,
};

export function createTracedFunctions(
  L: LuaState,
  { root, files, others, functions }: TraceRequest,
  texts: Texts,
): TracedFunctions {
  const known = new WeakMap<FengariProto | LuaFunction, TracedFunction>();
  const libraryName = libraryNames(L);
  const isOneOf = matcher(files);
  const isOther = matcher(others);
  const names = functions.map(bytesOf);
  const isNamed = (name: string) =>
    names.some((each) => each === name || each === /[.:]([^.:]*)$/.exec(name)?.[1]);
  const folder = `${bytesOf(root)}/`;

  function ofC(fn: LuaFunction): TracedFunction {
    const name = bytesOf(libraryName(fn));
    const place = "[C]";
    const isNameless = name === "?";
    return {
      ...ours,
      ...{ isOurs: false, isC: true, hidesC: !catchers.includes(name), isNameless },
      ...{ name: isNameless ? "(in C)" : name, file: place, place, isNamed: isNamed(name) },
    };
  }

  function ofLua(proto: FengariProto): TracedFunction {
    // Bytecode may be without the name of its chunk.
    const { source: chunk }: { readonly source: FengariProto["source"] | null } = proto;
    const source = chunk === null ? "=?" : latin(chunk.getstr());
    // As the Lua that we ship is loaded.
    if (proto.lineinfo.length === 0 && source === "=[C]") return ours;
    const isMain = proto.linedefined === 0;
    const file = source.startsWith("@") ? seenFrom(folder, source.slice(1)) : shownChunk(source);
    const name = isMain ? "(main chunk)" : (texts.nameIn(source, proto.linedefined) ?? "(anonymous)");
    const isFile = (files.length === 0 || isOneOf(file)) && !isOther(file);
    return {
      ...{ isOurs: false, isC: false, hidesC: false, isNameless: false },
      ...{ name, file, place: isMain ? file : `${file}:${proto.linedefined}`, source },
      ...{ isFile, isNamed: isNamed(name) },
    };
  }

  return {
    of: (called) => {
      const key = called.kind === "C" ? called.fn : called.proto;
      const found = known.get(key) ?? (called.kind === "C" ? ofC(called.fn) : ofLua(called.proto));
      known.set(key, found);
      return found;
    },
    seen: (name) => seenFrom(folder, name),
    hide: (fn) => {
      known.set(fn, ours);
    },
  };
}

/** As Lua has bytes. */
export function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** The bytes of a text, a character for each. */
export function bytesOf(text: string): string {
  return latin(encodeName(text));
}

function matcher(patterns: readonly string[]): (file: string) => boolean {
  const parsed = patterns.map((each) => parsePattern(bytesOf(each)));
  return (file) => parsed.some((pattern) => findMatch(pattern, file) !== null);
}

function seenFrom(folder: string, name: string): string {
  const file = name.replaceAll("\\", "/").replace(/^\.\//, "");
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}
