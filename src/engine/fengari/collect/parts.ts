import { RunsWriter } from "../../../hits/byTest/runs.js";
import type { CountedParts } from "../../../types.js";
import type { Counters } from "./chunkCounters.js";
import type { LiveChunk } from "./liveChunk.js";

/**
 * What has counted since it was last asked. The tracer tells of each function that it comes to, so that only counters of
 * those that ran are looked at.
 */
export interface PartCounters {
  touch(counters: Counters): void;
  take(): CountedParts;
}

/** The counters of a chunk as one list, and what they were when they were last looked at. */
interface Seen {
  readonly now: Float64Array;
  readonly before: Float64Array;
  /** Where those of each function's instructions begin, and behind the last one. */
  readonly starts: readonly number[];
}

export function createPartCounters(): PartCounters {
  const seen = new Map<LiveChunk, Seen>();
  let touched: Counters[] = [];
  return {
    touch: (counters) => {
      if (counters.isTouched) return;
      counters.isTouched = true;
      touched.push(counters);
    },
    take: () => {
      const byChunk = new Map<LiveChunk, Counters[]>();
      for (const each of touched) {
        each.isTouched = false;
        const known = byChunk.get(each.chunk);
        if (known === undefined) byChunk.set(each.chunk, [each]);
        else known.push(each);
      }
      touched = [];
      const parts: [string, Uint8Array][] = [];
      for (const [chunk, counters] of byChunk) {
        const known = seen.get(chunk) ?? see(chunk);
        seen.set(chunk, known);
        const runs = changes(chunk, known, counters);
        if (runs !== null) parts.push([`${chunk.shape} ${chunk.path}`, runs]);
      }
      return parts;
    },
  };
}

function see({ memory, lines, sizes }: LiveChunk): Seen {
  const now = new Float64Array(memory);
  const starts = [lines + sizes.length];
  for (const size of sizes) starts.push((starts.at(-1) ?? 0) + 3 * size);
  return { now, before: new Float64Array(now.length), starts };
}

interface LineSpan {
  readonly first: number;
  readonly last: number;
}

const spans = new WeakMap<Counters, LineSpan>();

/** From the first to the last line of a function. */
function linesOf(counters: Counters): LineSpan {
  const known = spans.get(counters);
  if (known !== undefined) return known;
  const { lineinfo, chunk } = counters;
  const first = lineinfo.reduce((a, b) => Math.min(a, b), chunk.lines);
  const span = { first, last: lineinfo.reduce((a, b) => Math.max(a, b), 0) };
  spans.set(counters, span);
  return span;
}

/** In the order of a chunk's memory: its lines, the calls of its functions, their instructions. */
function changes(
  { lines }: LiveChunk,
  { now, before, starts }: Seen,
  counters: readonly Counters[],
): Uint8Array | null {
  const writer = new RunsWriter();
  const look = (start: number, end: number) => {
    for (let index = start; index < end; index++) {
      const count = now[index] ?? 0;
      const change = count - (before[index] ?? 0);
      if (change === 0) continue;
      before[index] = count;
      writer.add(index, change);
    }
  };
  const inOrder = counters.toSorted((a, b) => a.index - b.index);
  const ranges = inOrder.map(linesOf);
  look(
    ranges.reduce((least, { first }) => Math.min(least, first), lines),
    ranges.reduce((most, { last }) => Math.max(most, last + 1), 0),
  );
  for (const { index } of inOrder) look(lines + index, lines + index + 1);
  for (const { index } of inOrder) look(starts[index] ?? 0, starts[index + 1] ?? 0);
  return writer.finish();
}
