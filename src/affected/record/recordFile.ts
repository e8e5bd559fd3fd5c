/** The file in which the record is kept: gzip of JSON, one object a line. Paths in the project are relative to it, so that a copy of it finds them. */

import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { numbersIn, runsIn } from "../../byTest/format.js";
import { isTaken, readContent } from "../../files/files.js";
import type { Fence } from "../../output/place.js";
import { makeFolder } from "../../output/place.js";
import { writeWhole } from "../../output/whole.js";
import { digestOfBytes } from "./fingerprint.js";
import type { ChangeRecord, Conditions, RecordedFile, RecordedSource } from "./record.js";

const format = "luacov-ts changes";
const version = 2;

interface Head {
  readonly format: string;
  readonly version: number;
  readonly conditions: Conditions;
}

type Covers = readonly (readonly [source: number, numbers: readonly number[]])[];
type StoredRow = Omit<RecordedFile["rows"][number], "covers"> & { readonly covers: Covers };
type StoredFile = Omit<RecordedFile, "rows"> & { readonly rows: readonly StoredRow[] };
type StoredSource = Omit<RecordedSource, "text" | "print" | "path"> & {
  readonly source: string;
  readonly text: string;
};

/** Null where there is none. Throws what keeps it from being read. */
export function readChangeRecord(file: string, root: string): ChangeRecord | null {
  if (!isTaken(file)) return null;
  const lines = gunzipSync(readContent(file)).toString("utf8").split("\n");
  const head: Partial<Head> = JSON.parse(lines[0] ?? "");
  if (head.format !== format || head.version !== version)
    throw new Error("it is none of this version of luacov-ts");
  const files: RecordedFile[] = [];
  const sources: RecordedSource[] = [];
  for (const line of lines.slice(1)) {
    if (line === "") continue;
    const read: StoredFile | StoredSource = JSON.parse(line);
    if ("source" in read) sources.push(sourceOf(read, root));
    else files.push(fileOf(read, root));
  }
  return { conditions: head.conditions ?? {}, files, sources };
}

/** Whole, or as it was before. Throws what the system refuses. */
export function writeChangeRecord(file: string, root: string, record: ChangeRecord, fence: Fence): void {
  makeFolder(path.dirname(file), fence);
  const { conditions, sources, files } = record;
  const lines = [
    { format, version, conditions } satisfies Head,
    ...sources.map((source) => storedSource(source, root)),
    ...files.map((each) => storedFile(each, root)),
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  writeWhole(file, gzipSync(text, { level: 3 }), { fence, replacesPipes: true });
}

function storedSource({ path: file, text, digest, sites }: RecordedSource, root: string): StoredSource {
  return { source: within(file, root), text: Buffer.from(text).toString("latin1"), digest, sites };
}

function sourceOf({ source, text, digest, sites }: StoredSource, root: string): RecordedSource {
  const bytes = Buffer.from(text, "latin1");
  return { path: path.resolve(root, source), text: bytes, print: digestOfBytes(bytes), digest, sites };
}

function storedFile(file: RecordedFile, root: string): StoredFile {
  const rows = file.rows.map((row) => ({
    ...row,
    covers: Array.from(row.covers, ([source, runs]) => [source, numbersIn(runs)] as const),
  }));
  return { ...withPaths(file, (each) => within(each, root)), rows };
}

function fileOf({ rows, ...file }: StoredFile, root: string): RecordedFile {
  const read = rows.map((row) => ({
    ...row,
    covers: new Map(row.covers.map(([source, numbers]) => [source, runsIn(numbers)])),
  }));
  return withPaths({ ...file, rows: read }, (each) => path.resolve(root, each));
}

function withPaths(file: RecordedFile, change: (name: string) => string): RecordedFile {
  return {
    ...file,
    file: change(file.file),
    inputs: file.inputs.map((input) => ({ ...input, path: change(input.path) })),
    runs: file.runs.map((run) => ({
      ...run,
      loaded: run.loaded.map(change),
      notFiles: run.notFiles.map(change),
      unloaded: run.unloaded.map(change),
    })),
  };
}

function within(file: string, root: string): string {
  const relative = path.relative(root, file);
  return relative === "" || relative.startsWith("..") || path.isAbsolute(relative) ? file : relative;
}
