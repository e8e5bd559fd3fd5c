/** What a native Lua tells of itself, in a file that grows: `src/lua/native/news.lua` writes it. */

import { decodeName } from "../../../files/names.js";
import { noParts } from "../../../hits/byTest/countedParts.js";
import { PartsWriter } from "../../../hits/byTest/partsWriter.js";
import { RunsSum } from "../../../hits/byTest/runs.js";
import type { CountedParts, Exit, Part, Place, Status, TestReport } from "../../../types.js";

/** What has happened. `runtime` is Lua's own name of itself, as in `Lua 5.1` or `LuaJIT 2.1.0`. */
export type NativeEvent =
  | { readonly kind: "begin"; readonly runtime: string }
  | ({ readonly kind: "test start" } & Pick<TestReport, "names" | "place">)
  | { readonly kind: "test end"; readonly report: TestReport }
  | { readonly kind: "ran"; readonly part: Part; readonly counts: CountedParts }
  | { readonly kind: "tests complete" }
  | { readonly kind: "end"; readonly exit: Exit };

export interface NativeNews {
  readonly event: NativeEvent;
  /** How much the program had written before, in bytes; null where it could not know, as after closing the stream. */
  readonly written: Readonly<Record<"stdout" | "stderr", number | null>>;
}

/** What is complete at the start of `bytes`, and how many bytes that takes. Throws for what no runner of ours writes. */
export function readNews(bytes: Buffer): { readonly news: readonly NativeNews[]; readonly length: number } {
  const length = bytes.lastIndexOf("\n") + 1;
  const lines = bytes.toString("latin1", 0, length).split("\n").slice(0, -1);
  return { news: lines.map(readRecord), length };
}

type Field = string | number | null;

function readRecord(line: string): NativeNews {
  const [kind = "", stdout, stderr, ...rest] = line.split("\t");
  const event = readers[kind]?.(rest.map(readField));
  if (event === undefined) throw new Error(`a native Lua tells of '${kind}', which nobody knows`);
  return { event, written: { stdout: position(stdout), stderr: position(stderr) } };
}

function position(text: string | undefined): number | null {
  return text === undefined || text === "-" ? null : Number(text);
}

/** Nothing but ASCII without escapes: most of what is told, and of rows of counters all. */
const isPlain = /^[\0-[\]-\x7f]*$/;

function readField(field: string): Field {
  if (field === "-") return null;
  const value = field.slice(1);
  if (field.startsWith("n")) return Number(value);
  if (isPlain.test(value)) return value;
  const bytes = value.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number(code)));
  return decodeName(Buffer.from(bytes, "latin1"));
}

const readers: Readonly<Record<string, (fields: readonly Field[]) => NativeEvent>> = {
  begin: ([version, jit]) => ({ kind: "begin", runtime: text(jit) || text(version) }),
  started: ([file, line, ...names]) => ({
    kind: "test start",
    place: place(file, line),
    names: names.map(text),
  }),
  ended: (fields) => ({ kind: "test end", report: reportOf(fields) }),
  ran: ([kind, file, line, lines, counts, ...names]) => ({
    kind: "ran",
    part: partOf(text(kind), place(file, line), text(lines), names.map(text)),
    counts: countsIn(text(counts)),
  }),
  complete: () => ({ kind: "tests complete" }),
  returned: () => ({ kind: "end", exit: { kind: "returned" } }),
  "out of instructions": ([traceback, limit]) => ({
    kind: "end",
    exit: { kind: "out of instructions", place: "", traceback: text(traceback), limit: Number(limit) },
  }),
  failed: ([message, traceback]) => ({
    kind: "end",
    exit: { kind: "failed", message: text(message), traceback: text(traceback) },
  }),
};

function reportOf(fields: readonly Field[]): TestReport {
  const [descriptor, status, seconds, message, traceback, file, line, failedFile, failedLine, ...names] =
    fields;
  return {
    descriptor: text(descriptor),
    status: statusOf(text(status)),
    duration: typeof seconds === "number" ? seconds * 1000 : 0,
    message: text(message),
    traceback: text(traceback),
    place: place(file, line),
    failedAt: place(failedFile, failedLine),
    names: names.map(text),
  };
}

function partOf(kind: string, at: Place | null, lines: string, names: readonly string[]): Part {
  if (kind === "outside") return { kind };
  if (kind === "block") return { kind, lines, names };
  return { kind: "test", file: at?.file ?? null, line: at?.line ?? null, lines, names };
}

/**
 * `KEY 1 *2 7;KEY 3`: the counters of sources that have counted, by their numbers from 1, and how often where that is more than
 * once; in any order, and one that is kept in several places is there more than once.
 */
function countsIn(rows: string): CountedParts {
  if (rows === "") return noParts;
  for (let at = 0; at < rows.length; ) {
    const space = rows.indexOf(" ", at);
    const end = readRow(rows, space + 1);
    sum.moveTo(writer);
    writer.end(rows.slice(at, space));
    at = end + 1;
  }
  return writer.finish();
}

const [SPACE, TIMES, ZERO, SEMICOLON] = [0x20, 0x2a, 0x30, 0x3b];

/** Of one row after the other: lists that grew made more garbage than all else that is read. */
const sum = new RunsSum();
const writer = new PartsWriter();

/** Digit by digit: to split a text of hundreds of numbers takes several times as long. Returns where the row ends. */
function readRow(rows: string, start: number): number {
  let [number, counter, at] = [0, 0, start];
  for (; at < rows.length; at++) {
    const code = rows.charCodeAt(at);
    if (code === SEMICOLON) break;
    if (code === SPACE && rows.charCodeAt(at + 1) === TIMES) {
      [counter, number] = [number, 0];
      at++;
    } else if (code === SPACE) {
      addTo(sum, counter, number);
      [counter, number] = [0, 0];
    } else number = 10 * number + code - ZERO;
  }
  addTo(sum, counter, number);
  return at;
}

/** A counter and how often it has counted, or no counter and the number of one that has counted once. */
function addTo(counts: RunsSum, counter: number, number: number): void {
  if (counter > 0) counts.count(counter - 1, number);
  else counts.count(number - 1, 1);
}

function text(field: Field | undefined): string {
  return typeof field === "string" ? field : "";
}

function statusOf(word: string): Status {
  return word === "success" || word === "failure" || word === "pending" ? word : "error";
}

function place(file: Field | undefined, line: Field | undefined): Place | null {
  return typeof file === "string" && typeof line === "number" ? { file, line } : null;
}
