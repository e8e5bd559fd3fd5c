import { createHash } from "node:crypto";
import {
  dumpTop,
  type FengariProto,
  forgetClosures,
  type LuaState,
  lauxlib,
  lua,
  pushMain,
  topProto,
} from "../fengari.js";
import { foundWideIntegers, tellOfWideIntegers } from "../fidelity/numbers/wideIntegers.js";
import { protosOf } from "./chunk.js";
import { type KeptChunk, type KeptChunks, worthKeeping } from "./keptChunks.js";

/** How much source kept chunks come from at most, in bytes. */
const defaultCapacity = 4 * 2 ** 20;

/**
 * Compiled files, for the states to come: the test files of a suite load the same modules, each in a state of its
 * own, and compiling takes longer than most modules run. A file is kept when it is loaded for the second time, so
 * test files themselves are not; what was not used for the longest time goes first.
 */
export class ChunkCache {
  readonly #entries = new Map<string, Entry>();
  /** What the present state has loaded: it gets functions of its own when it loads that again. */
  readonly #loaded = new Set<string>();
  readonly #capacity: number;
  /** What there is from earlier runs; null for nothing. */
  readonly #kept: KeptChunks | null;
  #size = 0;

  constructor(kept: KeptChunks | null = null, capacity = defaultCapacity) {
    this.#kept = kept;
    this.#capacity = capacity;
  }

  /** How much source the kept chunks come from, in bytes. */
  get size(): number {
    return this.#size;
  }

  /** As luaL_loadbufferx, for the text of a file. */
  load(L: LuaState, text: Uint8Array, name: Uint8Array): number {
    const key = Buffer.from(name).toString("latin1");
    const digest = createHash("sha1").update(text).digest("base64");
    const known = this.#entries.get(key);
    const isFirst = !this.#loaded.has(key);
    this.#loaded.add(key);
    if (isFirst && known?.digest === digest && known.compiled !== null) {
      this.#use(key, known);
      return push(L, known.compiled);
    }
    const { status, found, ids } = this.#loadAnew(L, text, name, { key, digest });
    const isSecond = status === lua.LUA_OK && known?.digest === digest;
    const compiled = isSecond ? { protos: protosOf(topProto(L)), hasWideIntegers: found, ids } : null;
    this.#drop(key);
    this.#add(key, { digest, size: text.length, compiled });
    return status;
  }

  /** By what an earlier run has compiled, or by compiling. */
  #loadAnew(
    L: LuaState,
    text: Uint8Array,
    name: Uint8Array,
    { key, digest }: { readonly key: string; readonly digest: string },
  ) {
    const kept = text.length < worthKeeping ? null : this.#kept;
    const chunk = kept?.find(key, digest) ?? null;
    if (chunk !== null) return loadKept(L, chunk, name);
    const before = L.l_G.id_counter;
    const { result: status, found } = foundWideIntegers(() => compile(L, text, name));
    const ids = L.l_G.id_counter - before;
    if (status === lua.LUA_OK && kept !== null)
      kept.keep(key, digest, { bytecode: dumpTop(L), hasWideIntegers: found, ids });
    return { status, found, ids };
  }

  /** Before a new state: a function without upvalues must not be one that another state has made. */
  begin(): void {
    this.#loaded.clear();
    for (const { compiled } of this.#entries.values()) if (compiled !== null) forgetClosures(compiled.protos);
  }

  #use(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  #add(key: string, entry: Entry): void {
    this.#entries.set(key, entry);
    if (entry.compiled === null) return;
    this.#size += entry.size;
    for (const [oldest, { compiled }] of this.#entries) {
      if (this.#size <= this.#capacity) return;
      if (compiled !== null) this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    if (entry.compiled !== null) this.#size -= entry.size;
    this.#entries.delete(key);
  }
}

interface Entry {
  readonly digest: string;
  readonly size: number;
  /** Null for what was loaded once. */
  readonly compiled: Compiled | null;
}

interface Compiled {
  /** All functions, the main one first. */
  readonly protos: readonly FengariProto[];
  readonly hasWideIntegers: boolean;
  /** How many objects compiling has numbered: `tostring` shows the numbers, which must not depend on this cache. */
  readonly ids: number;
}

function push(L: LuaState, { protos, hasWideIntegers, ids }: Compiled): number {
  const [main] = protos;
  if (main === undefined) throw new Error("a chunk has a main function");
  if (hasWideIntegers) tellOfWideIntegers();
  const before = L.l_G.id_counter;
  pushMain(L, main);
  L.l_G.id_counter = before + ids;
  return lua.LUA_OK;
}

/** As if it were compiled: bytecode has the name of its text, and all else that a program can see of a function. */
function loadKept(L: LuaState, { bytecode, hasWideIntegers, ids }: KeptChunk, name: Uint8Array) {
  if (hasWideIntegers) tellOfWideIntegers();
  const before = L.l_G.id_counter;
  const status = compile(L, bytecode, name);
  L.l_G.id_counter = before + ids;
  return { status, found: hasWideIntegers, ids };
}

function compile(L: LuaState, text: Uint8Array, name: Uint8Array): number {
  return lauxlib.luaL_loadbufferx(L, text, text.length, name, null);
}
