import { protosOf, shapeOf } from "../chunks/chunk.js";
import { type FengariProto, toText } from "../fengari.js";
import { type Counters, countersOf } from "./chunkCounters.js";
import { createLiveChunk, type LiveChunk } from "./liveChunk.js";

/** The counters of everything that runs in one state, found by proto. */
export interface CounterTable {
  /** The counters of a function, or null when its chunk is not measured. */
  find(proto: FengariProto): Counters | null;
}

export interface CounterTableOptions {
  /** The path that a chunk's source (`@src/a.lua`) is counted for, or null when it is not measured. */
  readonly measuredPath: (source: string) => string | null;
  /** Hears of each chunk, before anything in it is counted. */
  readonly onChunk: (chunk: LiveChunk) => void;
}

interface KnownChunk {
  readonly path: string;
  readonly shape: string;
  readonly protos: readonly FengariProto[];
  readonly counters: readonly Counters[];
}

export function createCounterTable({ measuredPath, onChunk }: CounterTableOptions): CounterTable {
  const byProto = new WeakMap<FengariProto, Counters | null>();
  const chunks: KnownChunk[] = [];

  function register(proto: FengariProto): Counters | null {
    const path = measuredPath(toText(proto.source.getstr()));
    const counters = path === null ? null : registerIn(path, proto);
    if (counters === null) byProto.set(proto, null);
    return counters;
  }

  function registerIn(path: string, proto: FengariProto): Counters | null {
    const protos = protosOf(proto);
    const counters = proto.linedefined === 0 ? mainCounters(path, protos) : copyCounters(path, protos);
    for (const [index, each] of protos.entries()) byProto.set(each, counters[index] ?? null);
    return counters[0] ?? null;
  }

  /** A second load of the same text, in whatever state, adds to the counters of the first. */
  function mainCounters(path: string, protos: readonly FengariProto[]): readonly Counters[] {
    const shape = shapeOf(protos);
    const known = chunks.find((chunk) => chunk.path === path && chunk.shape === shape);
    if (known !== undefined) return known.counters;
    const sizes = protos.map((proto) => proto.code.length);
    const chunk = createLiveChunk({ path, shape, lines: lastLine(protos) + 1, sizes });
    onChunk(chunk);
    const counters = countersOf(chunk, protos);
    chunks.push({ path, shape, protos, counters });
    return counters;
  }

  /** A function whose main function never ran is a copy by string.dump and load: the original's counters. */
  function copyCounters(path: string, protos: readonly FengariProto[]): readonly Counters[] {
    const shape = shapeOf(protos);
    for (const chunk of chunks.filter((each) => each.path === path)) {
      const original = chunk.protos.findIndex((each) => shapeOf(protosOf(each)) === shape);
      if (original !== -1) return chunk.counters.slice(original, original + protos.length);
    }
    return [];
  }

  return {
    find: (proto) => {
      // Only the Lua that we ship has no lines; there is much of it, and it is in every state.
      if (proto.lineinfo.length === 0) return null;
      const found = byProto.get(proto);
      return found === undefined ? register(proto) : found;
    },
  };
}

function lastLine(protos: readonly FengariProto[]): number {
  return protos.reduce((last, { lineinfo }) => lineinfo.reduce((a, b) => Math.max(a, b), last), 0);
}
