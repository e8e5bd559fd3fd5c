import { readFileSync } from "node:fs";
import path from "node:path";
import { fileCoverage } from "./coverage/fileCoverage.js";
import { lineSites } from "./coverage/lines.js";
import { compile } from "./engine/compile.js";
import type { Chunk, ChunkHits, CoverageMapData, FileCoverageData, Hits, Notice } from "./types.js";

type Shapes = Readonly<Record<string, ChunkHits>>;

/** Where analysis reports what it cannot do; nothing is dropped in silence. */
type Notify = (notice: Notice) => void;

/**
 * Joins what could run with what ran: the coverage of every file that has hits, and of `sources`, which count
 * although nothing loaded them. Paths are absolute; messages name files relative to `root`.
 */
export function analyse(
  hits: Hits,
  sources: readonly string[],
  root: string,
): { coverage: CoverageMapData; notices: Notice[] } {
  const notices: Notice[] = [];
  const files = [...new Set([...Object.keys(hits), ...sources])].sort();
  const analysed = files.map((file) =>
    analyseFile(file, hits[file] ?? {}, path.relative(root, file), (notice) => notices.push(notice)),
  );
  const entries = analysed.flatMap((data) => (data === null ? [] : [[data.path, data]]));
  return { coverage: Object.fromEntries(entries), notices };
}

function analyseFile(file: string, shapes: Shapes, name: string, notify: Notify): FileCoverageData | null {
  const source = readSource(file, name, notify);
  if (source === null) return null;
  const compiled = compile(source, name);
  if (!compiled.ok) {
    notify({ level: "problem", file, message: `${compiled.message}: the file cannot be analysed` });
    return null;
  }
  warnOfOtherTexts(file, name, shapes, compiled.chunk, notify);
  return fileCoverage(file, lineSites(source.toString("utf8"), compiled.chunk), shapes[compiled.chunk.shape]);
}

function readSource(file: string, name: string, notify: Notify): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify({ level: "problem", file, message: `${name} cannot be read: ${reason}` });
    return null;
  }
}

function warnOfOtherTexts(file: string, name: string, shapes: Shapes, chunk: Chunk, notify: Notify): void {
  const others = Object.keys(shapes).filter((shape) => shape !== chunk.shape);
  if (others.length === 0) return;
  const message = `${name} was loaded with ${others.length} other text(s) than the file's own; their hits are left out`;
  notify({ level: "warning", file, message });
}
