import type { ChunkHits, CountedParts, Hits, Job, Part, TestHits } from "../../types.js";
import { addRuns, runsOf } from "./runs.js";
import { TestHitsSum } from "./sum.js";

/** What a job tells of the parts of its file, and what it has left besides. */
export interface JobParts {
  add(part: Part, counts: CountedParts): void;
  /** All that ran; what nobody has told of belongs to the test that was running, or to none. */
  hits(all: Hits, running: Pick<Extract<Part, { kind: "test" }>, "names" | "line"> | null): TestHits;
}

export function createJobParts(job: Job): JobParts {
  const { file } = job.program;
  const [lua, isScript] = [job.test?.lua ?? null, job.test?.style === "script"];
  const sum = new TestHitsSum();
  const told = new Map<string, number[]>();
  const add = (part: Part, counts: CountedParts) => {
    sum.addRow(keyOf(part, file, lua), { part, file, lua, isScript, runs: 1, counts: new Map(counts) });
  };
  return {
    add: (part, counts) => {
      add(part, counts);
      for (const [key, runs] of counts) {
        const known = told.get(key) ?? [];
        told.set(key, known);
        addRuns(known, runs);
      }
    },
    hits: (all, running) => {
      const rest = partsIn(all, told);
      if (isScript || running !== null) add({ ...script(file), ...running }, rest);
      else if (rest.length > 0) add({ kind: "outside" }, rest);
      return sum.hits;
    },
  };
}

/** What programs ran that a job has started: a script's belongs to it. */
export function partsOfChildren(job: Job, all: Hits): TestHits {
  const { file } = job.program;
  const [lua, isScript] = [job.test?.lua ?? null, job.test?.style === "script"];
  const counts = new Map(partsIn(all, new Map()));
  if (counts.size === 0) return new Map();
  const part: Part = isScript ? script(file) : { kind: "outside" };
  return new Map([[keyOf(part, file, lua), { part, file, lua, isScript, runs: 0, counts }]]);
}

function script(file: string): Extract<Part, { kind: "test" }> {
  return { kind: "test", file, line: null, lines: "", names: [] };
}

/** All that was counted, less what was told of. */
function partsIn(all: Hits, told: ReadonlyMap<string, readonly number[]>): (readonly [string, Uint8Array])[] {
  return [...countersOf(all)].flatMap(([key, counters]) => {
    const runs = runsOf(less(counters, told.get(key) ?? []));
    return runs === null ? [] : [[key, runs] as const];
  });
}

/** The same in each round, and in each attempt. */
function keyOf(part: Part, file: string, lua: string | null): string {
  if (part.kind === "outside") return JSON.stringify([part.kind, file, lua]);
  const place = part.kind === "test" ? part.line : part.lines;
  return JSON.stringify([part.kind, file, lua, place, ...part.names]);
}

/** All counters, by the keys of `CountedParts`. */
function* countersOf({ bytecode, probes }: Hits): Generator<readonly [string, readonly number[]]> {
  for (const [path, shapes] of Object.entries(bytecode))
    for (const [shape, chunk] of Object.entries(shapes)) yield [`${shape} ${path}`, listOf(chunk)];
  yield* probes;
}

/** In the order of a live chunk's memory. */
function listOf({ lines, calls, instructions }: ChunkHits): number[] {
  const list: number[] = [];
  const add = (counters: ArrayLike<number>) => {
    for (let index = 0; index < counters.length; index++) list.push(counters[index] ?? 0);
  };
  add(lines);
  add(calls);
  for (const { counts, fell, jumped } of instructions) for (const each of [counts, fell, jumped]) add(each);
  return list;
}

function less(counters: readonly number[], taken: readonly number[]): number[] {
  return counters.map((count, index) => Math.max(0, count - (taken[index] ?? 0)));
}
