import path from "node:path";
import { type CompiledTwin, makeTwin } from "./coverage/bytecode/twin.js";
import { analyseFile } from "./coverage/fileAnalysis.js";
import { withoutBranches } from "./coverage/fileCoverage.js";
import { analyseUnrun, type FileAnalysis, type ParsedFile } from "./coverage/siteAnalysis.js";
import { withLines } from "./engine/fengari/chunk.js";
import { type Compiled, compile, withoutFirstLineComment } from "./engine/fengari/compile.js";
import { readContent } from "./files/files.js";
import { parse, parseNewest, type Syntax } from "./source/syntax.js";
import type { BytecodeHits, Chunk, ChunkHits, CoverageMapData, FileCoverageData, Notice } from "./types.js";
import { counted } from "./words.js";

/** The Lua whose instructions are counted. */
const embedded = "5.3";

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
  hits: BytecodeHits,
  sources: readonly string[],
  { root, linesOnly }: AnalyseOptions,
): { coverage: CoverageMapData; notices: Notice[] } {
  const notices: Notice[] = [];
  const found = new Set(sources);
  const files = [...new Set([...Object.keys(hits), ...sources])].sort();
  const analysed = files.map((file) => {
    const notify: Notify = (level, message) => notices.push({ level, file, message });
    const name = path.relative(root, file);
    try {
      const data = analyseOne(file, name, hits[file] ?? {}, found.has(file), notify);
      return data !== null && linesOnly ? withoutBranches(data) : data;
    } catch (error) {
      // Whatever one source does to the analysis, the others count.
      notify("problem", `${name} cannot be analysed: ${reasonOf(error)}`);
      return null;
    }
  });
  const entries = analysed.flatMap((data) => (data === null ? [] : [[data.path, data]]));
  return { coverage: Object.fromEntries(entries), notices };
}

function analyseOne(
  file: string,
  name: string,
  shapes: Shapes,
  wasThere: boolean,
  notify: Notify,
): FileCoverageData | null {
  const source = readSource(file, name, wasThere, notify);
  if (source === null || isNoText(source, name, notify)) return null;
  const wasLoaded = Object.keys(shapes).length > 0;
  const syntax = readSyntax(source, name, wasLoaded, notify);
  if (syntax === null) return null;
  const parsed: ParsedFile = { path: file, name, source, syntax };
  const isOfOtherLua = syntax.version !== embedded;
  const analysis =
    isOfOtherLua || !wasLoaded ? analyseUnrun(parsed) : analyseCompiled(parsed, shapes, notify);
  for (const warning of analysis?.warnings ?? []) notify("warning", warning);
  return analysis?.coverage ?? null;
}

/** What nobody loaded may be for another Lua: it counts all the same. */
function readSyntax(source: Uint8Array, name: string, wasLoaded: boolean, notify: Notify): Syntax | null {
  const parsed = parse(source, embedded);
  if (parsed.ok) return parsed.syntax;
  const problem = `${name}:${parsed.line}: ${parsed.message}`;
  const other = wasLoaded ? parsed : parseNewest(source);
  if (other.ok) {
    const { version } = other.syntax;
    const lua = version === "LuaJIT" ? version : `Lua ${version}`;
    notify("information", `${problem}; as ${lua} reads the file, it counts as not covered`);
    return other.syntax;
  }
  notify("problem", `${problem}: the file cannot be analysed`);
  return null;
}

/** By the counters of instructions; null for what the embedded Lua does not compile. */
function analyseCompiled(parsed: ParsedFile, shapes: Shapes, notify: Notify): FileAnalysis | null {
  const { name, source, syntax } = parsed;
  const twin = compileTwin(source, syntax, name);
  const compiled = originalOf(twin, shapes) ?? compile(source, name);
  if (!compiled.ok) {
    notify("problem", `${compiled.message}: the file cannot be analysed`);
    return null;
  }
  const { chunk } = compiled;
  warnOfOtherTexts(name, shapes, chunk, notify);
  return analyseFile({ ...parsed, chunk, hits: shapes[chunk.shape], twin });
}

function compileTwin(source: Uint8Array, { tokens }: Syntax, name: string): CompiledTwin | null {
  const twin = makeTwin(source, tokens);
  const compiled = compile(twin.text, name);
  return compiled.ok ? { ...twin, chunk: compiled.chunk } : null;
}

/** What a text compiles to, by its twin: the same instructions on other lines, as the shape of what ran proves. */
function originalOf(twin: CompiledTwin | null, shapes: Shapes): Compiled | null {
  if (twin === null) return null;
  const chunk = withLines(twin.chunk, (line) => twin.originalLines[line] ?? 0);
  return Object.hasOwn(shapes, chunk.shape) ? { ok: true, chunk } : null;
}

/** Null for a file that cannot be read; one that was not there when the run began may be gone again. */
function readSource(file: string, name: string, wasThere: boolean, notify: Notify): Buffer | null {
  try {
    return readContent(file);
  } catch (error) {
    // Tests of loaders and generators load what they have written, and clean up behind themselves.
    if (!wasThere && error instanceof Error && "code" in error && error.code === "ENOENT") {
      notify("information", `${name} is not there any more, so it is not in the coverage`);
    } else notify("problem", `${name} cannot be read: ${reasonOf(error)}`);
    return null;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Says of what Lua's compiler would complain about without saying what it is. */
function isNoText(source: Buffer, name: string, notify: Notify): boolean {
  const start = Buffer.from(withoutFirstLineComment(source).subarray(0, 2)).toString("latin1").trimStart();
  if (start.startsWith("\u001b")) {
    notify("warning", `${name} is precompiled, without a text that could be measured, and is left out`);
    return true;
  }
  if (start !== "\u00ff\u00fe" && start !== "\u00fe\u00ff") return false;
  notify("problem", `${name} is UTF-16 text, which Lua does not read: save it as UTF-8`);
  return true;
}

function warnOfOtherTexts(name: string, shapes: Shapes, chunk: Chunk, notify: Notify): void {
  const others = Object.keys(shapes).filter((shape) => shape !== chunk.shape);
  if (others.length === 0) return;
  notify(
    "warning",
    `${name} was loaded with ${counted(others.length, "other text")} than the file's own; what ran of ${others.length === 1 ? "it" : "them"} is left out`,
  );
}
