/** The file in which it is kept: JSON, one object a line, as docs/tests-by-line.md describes it. */

import type { JsonBytes } from "../coverage/packed/jsonBytes.js";
import { RunsWriter, readNumbers } from "../hits/byTest/runs.js";
import type { ByTest, CoveredSource, CoverRow } from "../types.js";

/** Which checkout of which project it is of, and from when to when its run took, in milliseconds since 1970. */
export interface Head {
  readonly format: "luacov-ts by test";
  readonly version: 1;
  readonly root: string;
  readonly began: number;
  readonly ended: number;
}

type Line =
  | ({ readonly source: string } & Omit<CoveredSource, "path" | "sites"> & CoveredSource["sites"])
  | ({
      readonly row: CoverRow["kind"];
      readonly covers: readonly (readonly [number, readonly number[]])[];
    } & Omit<CoverRow, "kind" | "covers">);

/** Puts the text behind what is in `json`, line by line, as numbers of which there may be millions; who empties it does so between two. */
export function* writeLines(head: Head, { sources, rows }: ByTest, json: JsonBytes): Generator<void> {
  yield json.text(`${JSON.stringify(head)}\n`);
  for (const { path, digest, sites } of sources)
    yield json.text(`${JSON.stringify({ source: path, digest, ...sites } satisfies Line)}\n`);
  for (const row of rows) yield writeRow(row, json);
}

function writeRow({ kind, covers, ...row }: CoverRow, json: JsonBytes): void {
  const start = JSON.stringify({ row: kind, ...row, covers: [] } satisfies Line);
  json.text(start.slice(0, -"]}".length));
  // In which order they came differs from run to run.
  const inOrder = [...covers].sort(([a], [b]) => a - b);
  for (const [index, [source, runs]] of inOrder.entries()) {
    json.text(`${index === 0 ? "" : ","}[${source},[`);
    writeRuns(runs, json);
    json.text("]]");
  }
  json.text("]}\n");
}

/** Of one cover after the other. */
let numbers = new Float64Array(1024);

function writeRuns(runs: Uint8Array, json: JsonBytes): void {
  // A number takes a byte or more.
  if (runs.length > numbers.length) numbers = new Float64Array(2 * runs.length);
  json.numbers(numbers, readNumbers(runs, numbers));
}

/** Zeros before each run, its length, and its count, of one after the other. */
export function numbersIn(runs: Uint8Array): number[] {
  const list = new Float64Array(runs.length);
  return [...list.subarray(0, readNumbers(runs, list))];
}

/** Throws for what no such file has. */
export function readLines(lines: Iterable<string>): { readonly head: Head; readonly byTest: ByTest } {
  let head: Head | null = null;
  const sources: CoveredSource[] = [];
  const rows: CoverRow[] = [];
  for (const text of lines) {
    if (text === "") continue;
    if (head === null) {
      head = headOf(JSON.parse(text));
      continue;
    }
    const line: Line = JSON.parse(text);
    if ("source" in line) {
      const { source, digest, ...sites } = line;
      sources.push({ path: source, digest, sites });
    } else {
      const { row, covers, ...others } = line;
      rows.push({
        ...others,
        kind: row,
        covers: new Map(covers.map(([source, numbers]) => [source, runsIn(numbers)])),
      });
    }
  }
  if (head === null) throw new Error("it is empty");
  return { head, byTest: { sources, rows } };
}

function headOf(head: Partial<Head>): Head {
  const { format, version, root = "", began = 0, ended = 0 } = head;
  if (format !== "luacov-ts by test") throw new Error("it is no file of what tests cover");
  if (version !== 1) throw new Error(`it is of version ${version}, which this luacov-ts does not read`);
  return { format, version, root, began, ended };
}

/** The runs of such numbers. */
export function runsIn(numbers: readonly number[]): Uint8Array {
  const writer = new RunsWriter();
  let at = 0;
  for (let index = 0; index + 2 < numbers.length; index += 3) {
    at += numbers[index] ?? 0;
    const [size = 0, count = 0] = numbers.slice(index + 1, index + 3);
    for (const end = at + size; at < end; at++) writer.add(at, count);
  }
  return writer.finish() ?? new Uint8Array();
}
