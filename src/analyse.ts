import { readFileSync } from "node:fs";
import path from "node:path";
import { exactCoverage, lineCoverage } from "./coverage/fileCoverage.js";
import { lineSites } from "./coverage/lines.js";
import { type LinkedFunction, linkFunctions } from "./coverage/link.js";
import { createPositions } from "./coverage/positions.js";
import { functionSites } from "./coverage/sites.js";
import { parse, type Syntax } from "./coverage/syntax.js";
import { makeTwin } from "./coverage/tokens.js";
import { compile } from "./engine/compile.js";
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
    return analyseFile(file, path.relative(root, file), hits[file] ?? {}, linesOnly, notify);
  });
  const entries = analysed.flatMap((data) => (data === null ? [] : [[data.path, data]]));
  return { coverage: Object.fromEntries(entries), notices };
}

function analyseFile(
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
  const linked = linesOnly ? null : link(source, chunk, name, notify);
  if (linked === null) return lineCoverage(file, lineSites(source.toString("utf8"), chunk), hits);
  const sites = linked.functions.map((fn) => functionSites(fn, linked.syntax.tokens, hits));
  return exactCoverage(file, sites, createPositions(source), hits !== undefined);
}

/** The functions of a text with their instructions; null, with a warning, where only lines can be measured. */
function link(
  source: Uint8Array,
  chunk: Chunk,
  name: string,
  notify: Notify,
): { functions: LinkedFunction[]; syntax: Syntax } | null {
  const parsed = parse(source);
  if (!parsed.ok) {
    notify(
      "warning",
      `${name} is measured by lines only: the parser does not understand it: ${parsed.message}`,
    );
    return null;
  }
  const { syntax } = parsed;
  const twin = makeTwin(source, syntax.tokens);
  const compiled = compile(twin.text, name);
  const functions = compiled.ok ? linkFunctions(syntax, chunk, compiled.chunk, twin.tokenOfLine) : null;
  if (functions === null) {
    notify("warning", `${name} is measured by lines only: its instructions cannot be linked with its text`);
    return null;
  }
  for (const fn of functions) if (fn.conditions === null) notify("warning", unmatched(name, fn));
  return { functions, syntax };
}

function unmatched(name: string, { declaration, proto }: LinkedFunction): string {
  const fn = declaration === null ? "the main chunk" : `function ${declaration.name ?? "(anonymous)"}`;
  return `${name}:${proto.lineDefined}: the conditions of ${fn} do not match its code: its branches are left out`;
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
