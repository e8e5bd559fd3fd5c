import { PartsWriter } from "../../../hits/byTest/partsWriter.js";
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
  readonly key: string;
  readonly now: Float64Array;
  readonly before: Float64Array;
  /** Where those of each function's instructions begin, and behind the last one. */
  readonly starts: readonly number[];
}

export function createPartCounters(): PartCounters {
  const seen = new Map<LiveChunk, Seen>();
  const writer = new PartsWriter();
  let touched: Counters[] = [];
  const write = (chunk: LiveChunk, counters: Counters[]) => {
    const known = seen.get(chunk) ?? see(chunk);
    seen.set(chunk, known);
    writeChanges(writer, chunk, known, counters);
    writer.end(known.key);
  };
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
      for (const [chunk, counters] of byChunk) write(chunk, counters);
      return writer.finish();
    },
  };
}

function see({ memory, lines, sizes, shape, path }: LiveChunk): Seen {
  const now = new Float64Array(memory);
  const starts = [lines + sizes.length];
  for (const size of sizes) starts.push((starts.at(-1) ?? 0) + 3 * size);
  return { key: `${shape} ${path}`, now, before: new Float64Array(now.length), starts };
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
function writeChanges(writer: PartsWriter, { lines }: LiveChunk, seen: Seen, counters: Counters[]): void {
  counters.sort((a, b) => a.index - b.index);
  let [first, last] = [lines, 0];
  for (const each of counters) {
    const span = linesOf(each);
    first = Math.min(first, span.first);
    last = Math.max(last, span.last);
  }
  writeRange(writer, seen, first, last + 1);
  for (const { index } of counters) writeRange(writer, seen, lines + index, lines + index + 1);
  for (const { index } of counters)
    writeRange(writer, seen, seen.starts[index] ?? 0, seen.starts[index + 1] ?? 0);
}

function writeRange(writer: PartsWriter, { now, before }: Seen, start: number, end: number): void {
  for (let index = start; index < end; index++) {
    const count = now[index] ?? 0;
    const change = count - (before[index] ?? 0);
    if (change === 0) continue;
    before[index] = count;
    writer.add(index, change);
  }
}
