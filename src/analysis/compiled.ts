import { type CompiledTwin, makeTwin } from "../coverage/bytecode/twin.js";
import { analyseFile } from "../coverage/fileAnalysis.js";
import type { FileAnalysis, ParsedFile } from "../coverage/siteAnalysis.js";
import { withLines } from "../engine/fengari/chunks/chunk.js";
import { type Compiled, compile } from "../engine/fengari/chunks/compile.js";
import type { Syntax } from "../source/syntax.js";
import type { Chunk, ChunkHits } from "../types.js";
import { counted } from "../words.js";
import type { Analyser, Notify } from "./analyseRequest.js";
import { readEmbedded } from "./read.js";

type Shapes = Readonly<Record<string, ChunkHits>>;

/** By the counters of instructions in the embedded Lua. */
export const analyseCompiled: Analyser = (request, notify) => {
  const { counted } = request;
  if (counted.by !== "instructions") throw new Error("no counters of instructions");
  const parsed = readEmbedded(request, true, notify);
  return parsed === null
    ? null
    : countInstructions(parsed, counted.shapes, request.parts !== undefined, notify);
};

function countInstructions(
  parsed: ParsedFile,
  shapes: Shapes,
  byPart: boolean,
  notify: Notify,
): FileAnalysis | null {
  const { name, source, syntax } = parsed;
  const twin = compileTwin(source, syntax, name);
  const compiled = originalOf(twin, shapes) ?? compile(source, name);
  if (!compiled.ok) {
    notify("problem", `${compiled.message}: the file cannot be analysed`);
    return null;
  }
  const { chunk } = compiled;
  warnOfOtherTexts(name, shapes, chunk, notify);
  return analyseFile({ ...parsed, chunk, hits: shapes[chunk.shape], twin }, byPart);
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

function warnOfOtherTexts(name: string, shapes: Shapes, chunk: Chunk, notify: Notify): void {
  const others = Object.keys(shapes).filter((shape) => shape !== chunk.shape);
  if (others.length === 0) return;
  notify(
    "warning",
    `${name} was loaded with ${counted(others.length, "other text")} than the file's own; what ran of ${others.length === 1 ? "it" : "them"} is left out`,
  );
}
