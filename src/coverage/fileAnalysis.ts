import { findFunctions, type NamedFunction } from "../source/functions.js";
import { createPositions, type Positions } from "../source/positions.js";
import type { Syntax } from "../source/syntax.js";
import type { Chunk, ChunkHits, FileCoverageData } from "../types.js";
import { type LinkedFunction, linkFunctions } from "./bytecode/link.js";
import { makeTwin } from "./bytecode/twin.js";
import { fileCoverage } from "./fileCoverage.js";
import { findIgnores, type Ignores } from "./ignore.js";
import { leaveOut } from "./leaveOut.js";
import { lineSites } from "./lines.js";
import { functionSites, joinSites, type Sites } from "./sites.js";
import { keepSites } from "./sites/keepSites.js";
import { sitesOf as placesOf } from "./sites/sitesOf.js";

/** A Lua file whose coverage is to be worked out. */
export interface FileToAnalyse {
  /** The absolute path, and the one for messages. */
  readonly path: string;
  readonly name: string;
  readonly source: Uint8Array;
  readonly syntax: Syntax;
  readonly chunk: Chunk;
  /** Undefined when the file was never loaded. */
  readonly hits: ChunkHits | undefined;
  readonly linesOnly: boolean;
  /** Compiles another text; null when it does not compile. */
  readonly compile: (text: Uint8Array) => Chunk | null;
}

/** A file's coverage, null when its own comment leaves it out, and what a user should know about it. */
export interface FileAnalysis {
  readonly coverage: FileCoverageData | null;
  readonly warnings: readonly string[];
}

/** Joins what could run in a file with what ran. */
export function analyseFile(file: FileToAnalyse): FileAnalysis {
  const warnings: string[] = [];
  const positions = createPositions(file.source);
  const ignores = findIgnores(file.syntax, positions);
  if (ignores.file) return { coverage: null, warnings };

  const { sites, ran } = leaveOut(sitesOf(file, positions, warnings), ignores);
  return {
    coverage: fileCoverage(file.path, sites, positions, file.hits !== undefined),
    warnings: [...warnings, ...ignoreWarnings(file.name, ignores, ran, positions)],
  };
}

function sitesOf(file: FileToAnalyse, positions: Positions, warnings: string[]): Sites {
  const { chunk, hits, syntax } = file;
  const functions = file.linesOnly ? null : link(file, warnings);
  if (functions !== null) {
    const counted = joinSites(functions.map((fn) => functionSites(fn, syntax.tokens, hits)));
    return keepSites(counted, placesOf(syntax));
  }
  return lineSites(chunk, declarationsOf(syntax, chunk), positions, hits);
}

function declarationsOf({ body }: Syntax, chunk: Chunk): readonly NamedFunction[] | null {
  const declarations = findFunctions(body);
  return declarations.length === chunk.protos.length - 1 ? declarations : null;
}

/** The functions of a text with their instructions; null, with a warning, where only lines can be measured. */
function link(file: FileToAnalyse, warnings: string[]): LinkedFunction[] | null {
  const { syntax } = file;
  const twin = makeTwin(file.source, syntax.tokens);
  const compiled = file.compile(twin.text);
  const functions = compiled === null ? null : linkFunctions(syntax, file.chunk, compiled, twin.tokenOfLine);
  if (functions === null) {
    warnings.push(`${file.name} is measured by lines only: its instructions cannot be linked with its text`);
    return null;
  }
  for (const { conditions, declaration, proto } of functions) {
    if (conditions !== null) continue;
    const fn = declaration === null ? "the main chunk" : `function ${declaration.name ?? "(anonymous)"}`;
    const place = `${file.name}:${proto.lineDefined}`;
    warnings.push(`${place}: the conditions of ${fn} do not match its code; its branches are left out`);
  }
  return functions;
}

/** What comments of a file leave out although it ran, and what they say in vain. */
export function ignoreWarnings(
  name: string,
  ignores: Ignores,
  ran: Ignores["ignores"],
  positions: Positions,
): string[] {
  const hidden = ran.map(({ comment, what }) => ({
    comment,
    reason: `"luacov: ignore ${what}" leaves out code that did run`,
  }));
  const inOrder = [...ignores.mistakes, ...hidden].sort((a, b) => a.comment.start - b.comment.start);
  return inOrder.map(({ comment, reason }) => `${name}:${positions.at(comment.start).line}: ${reason}`);
}
