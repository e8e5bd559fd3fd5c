import { readFileSync } from "node:fs";
import path from "node:path";
import { analyseFile } from "./coverage/fileAnalysis.js";
import { compile } from "./engine/fengari/compile.js";
import type { Chunk, ChunkHits, CoverageMapData, FileCoverageData, Hits, Notice } from "./types.js";

type Shapes = Readonly<Record<string, ChunkHits>>;

/** Where analysis reports what it cannot do; nothing is dropped in silence. */
type Notify = (level: Notice["level"], message: string) => void;

export interface AnalyseOptions {
  /** Messages name files relative to this. */
  readonly root: string;
  readonly linesOnly: boolean;
}

/**
 * Joins what could run with what ran: the coverage of every file that has hits, and of `sources`, which count
 * although nothing loaded them. Paths are absolute.
 */
export function analyse(
  hits: Hits,
  sources: readonly string[],
  { root, linesOnly }: AnalyseOptions,
): { coverage: CoverageMapData; notices: Notice[] } {
  const notices: Notice[] = [];
  const files = [...new Set([...Object.keys(hits), ...sources])].sort();
  const analysed = files.map((file) => {
    const notify: Notify = (level, message) => notices.push({ level, file, message });
    return analyseOne(file, path.relative(root, file), hits[file] ?? {}, linesOnly, notify);
  });
  const entries = analysed.flatMap((data) => (data === null ? [] : [[data.path, data]]));
  return { coverage: Object.fromEntries(entries), notices };
}

function analyseOne(
  file: string,
  name: string,
  shapes: Shapes,
  linesOnly: boolean,
  notify: Notify,
): FileCoverageData | null {
  const source = readSource(file, name, notify);
  if (source === null) return null;
  const compiled = compile(source, name);
  if (!compiled.ok) {
    notify("problem", `${compiled.message}: the file cannot be analysed`);
    return null;
  }
  const { chunk } = compiled;
  warnOfOtherTexts(name, shapes, chunk, notify);
  const hits = shapes[chunk.shape];
  const analysis = analyseFile({
    path: file,
    name,
    source,
    chunk,
    hits,
    linesOnly,
    compile: (text) => chunkOf(text, name),
  });
  for (const warning of analysis.warnings) notify("warning", warning);
  return analysis.coverage;
}

function chunkOf(text: Uint8Array, name: string): Chunk | null {
  const compiled = compile(text, name);
  return compiled.ok ? compiled.chunk : null;
}

function readSource(file: string, name: string, notify: Notify): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify("problem", `${name} cannot be read: ${reason}`);
    return null;
  }
}

function warnOfOtherTexts(name: string, shapes: Shapes, chunk: Chunk, notify: Notify): void {
  const others = Object.keys(shapes).filter((shape) => shape !== chunk.shape);
  if (others.length === 0) return;
  notify(
    "warning",
    `${name} was loaded with ${others.length} other text(s) than the file's own; their hits are left out`,
  );
}
