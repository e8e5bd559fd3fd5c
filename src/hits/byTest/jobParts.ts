import type { ChunkHits, CountedParts, Hits, Job, Part, ProbeHits, TestHits } from "../../types.js";
import { PartsWriter } from "./partsWriter.js";
import { RunsSum } from "./runs.js";
import { addPlaces, placesOf, TestHitsSum } from "./sum.js";

/** What a job tells of the parts of its file, and what it has left besides. */
export interface JobParts {
  add(part: Part, counts: CountedParts): void;
  /** What has run and belongs to no part that was told of, from an engine that knows once a program has ended. */
  addRest(counts: CountedParts): void;
  /** All that ran, by what it ran for; what nobody has told of belongs to the test that was running, or to none. */
  hits(all: Hits, running: Pick<Extract<Part, { kind: "test" }>, "names" | "line"> | null): Hits;
}

export function createJobParts(job: Job): JobParts {
  const { file } = job.program;
  const [lua, isScript] = [job.test?.lua ?? null, job.test?.style === "script"];
  const rows = new TestHitsSum();
  const told: CountedParts[] = [];
  let toldRest: CountedParts | null = null;
  const add = (part: Part, counts: CountedParts) => {
    rows.addRow(keyOf(part, file, lua), { part, file, lua, isScript, runs: 1, counts });
  };
  const compared = (left: Hits): Compared =>
    toldRest === null ? compare(left, told) : { rest: toldRest, probes: left.probes };
  return {
    add: (part, counts) => {
      add(part, counts);
      told.push(counts);
    },
    addRest: (counts) => {
      toldRest = counts;
    },
    hits: (left, running) => {
      const { rest, probes } = compared(left);
      if (isScript || running !== null) add({ ...script(file), ...running }, rest);
      else if (rest.keys.length > 0) add({ kind: "outside" }, rest);
      return { ...left, probes, tests: rows.hits };
    },
  };
}

interface Compared {
  /** All that was left, less what was told of. */
  readonly rest: CountedParts;
  /** At least what tests have told of: a program that is killed has not left all of it. Counters of bytecode are in our own memory. */
  readonly probes: ProbeHits;
}

/** One after the other: thousands of their own would have to be made and collected. */
const sum = new RunsSum();
const rest = new PartsWriter();

function compare(left: Hits, told: readonly CountedParts[]): Compared {
  const probes = new Map(left.probes);
  const places = placesOf(told);
  for (const [key, lists] of countersOf(left, places.keys())) {
    sum.clear();
    addPlaces(sum, told, places.get(key) ?? []);
    const taken = sum.counters;
    writeRest(lists, taken);
    rest.end(key);
    if (isOfChunk(key)) continue;
    const own = probes.get(key) ?? [];
    if (taken.some((count, index) => count > (own[index] ?? 0))) probes.set(key, largest(own, taken));
  }
  return { rest: rest.finish(), probes };
}

function largest(a: readonly number[], b: Float64Array): number[] {
  const size = Math.max(a.length, b.length);
  return Array.from({ length: size }, (_, index) => Math.max(a[index] ?? 0, b[index] ?? 0));
}

/** Its shape and its path. */
function isOfChunk(key: string): boolean {
  return key.includes(" ");
}

/** What programs ran that a job has started: a script's belongs to it. */
export function partsOfChildren(job: Job, all: Hits): TestHits {
  const { file } = job.program;
  const [lua, isScript] = [job.test?.lua ?? null, job.test?.style === "script"];
  const counts = compare(all, []).rest;
  if (counts.keys.length === 0) return new Map();
  const part: Part = isScript ? script(file) : { kind: "outside" };
  return new Map([[keyOf(part, file, lua), { part, file, lua, isScript, runs: 0, counts }]]);
}

function script(file: string): Extract<Part, { kind: "test" }> {
  return { kind: "test", file, line: null, lines: "", names: [] };
}

/** Counters, in lists that follow each other, less what was taken of them. */
function writeRest(lists: Iterable<ArrayLike<number>>, taken: Float64Array): void {
  let at = 0;
  for (const list of lists) {
    for (let index = 0; index < list.length; index++) {
      const before = at < taken.length ? (taken[at] ?? 0) : 0;
      rest.add(at, Math.max(0, (list[index] ?? 0) - before));
      at++;
    }
  }
}

/** The same in each round, and in each attempt. */
function keyOf(part: Part, file: string, lua: string | null): string {
  if (part.kind === "outside") return JSON.stringify([part.kind, file, lua]);
  const place = part.kind === "test" ? part.line : part.lines;
  return JSON.stringify([part.kind, file, lua, place, ...part.names]);
}

/** All counters, by the keys of `CountedParts`, each in lists that follow each other; none of what was told of and is not there. */
function* countersOf(
  { bytecode, probes }: Hits,
  told: Iterable<string>,
): Generator<readonly [string, Iterable<ArrayLike<number>>]> {
  for (const [path, shapes] of Object.entries(bytecode))
    for (const [shape, chunk] of Object.entries(shapes)) yield [`${shape} ${path}`, listsOf(chunk)];
  for (const [key, counters] of probes) yield [key, [counters]];
  for (const key of told) if (!isOfChunk(key) && !probes.has(key)) yield [key, []];
}

/** In the order of a live chunk's memory. */
function* listsOf({ lines, calls, instructions }: ChunkHits): Generator<ArrayLike<number>> {
  yield lines;
  yield calls;
  for (const { counts, fell, jumped } of instructions) yield* [counts, fell, jumped];
}
