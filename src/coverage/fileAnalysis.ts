import { addRuns, runsOf } from "../hits/byTest/runs.js";
import { findFunctions, type NamedFunction } from "../source/functions.js";
import { createPositions, type Positions } from "../source/positions.js";
import type { Syntax } from "../source/syntax.js";
import type { Chunk, ChunkHits } from "../types.js";
import { countSites } from "./bytecode/counts/countSites.js";
import { partSites } from "./bytecode/counts/partSites.js";
import { type LinkedFunction, linkFunctions } from "./bytecode/link.js";
import type { CompiledTwin } from "./bytecode/twin.js";
import { lineSites } from "./lines.js";
import { analyseSites, type FileAnalysis, type ParsedFile } from "./siteAnalysis.js";
import { countsOf, type PartSites, siteNumbers } from "./siteNumbers.js";
import { type SitesOfFunction, sitesOf } from "./sites/sitesOf.js";
import { joinSites, type Sites } from "./sites.js";

/** A file with its instructions and what they counted. */
export interface CompiledFile extends ParsedFile {
  readonly chunk: Chunk;
  /** Undefined when the file was never loaded. */
  readonly hits: ChunkHits | undefined;
  /** Null when it does not compile. */
  readonly twin: CompiledTwin | null;
}

/** Joins what could run in a file with what ran, by the counters of its instructions; with `byPart`, also parts of that. */
export function analyseFile(file: CompiledFile, byPart = false): FileAnalysis {
  const warnings: string[] = [];
  let functions: LinkedFunction[] | null = null;
  const analysis = analyseSites(file, file.hits !== undefined, (positions) => {
    functions = link(file, warnings);
    return countedSites(file, functions, positions);
  });
  const isCounted = byPart && analysis.coverage !== null;
  return {
    ...analysis,
    warnings: [...warnings, ...analysis.warnings],
    partSites: isCounted ? { key: file.chunk.shape, count: partsOf(file, functions) } : null,
  };
}

function partsOf(file: CompiledFile, functions: LinkedFunction[] | null): PartSites {
  const { hits, syntax, chunk, source } = file;
  if (hits === undefined) return () => null;
  if (functions !== null) return partSites(file, functions, sitesOf(syntax), hits);
  const declarations = declarationsOf(syntax, chunk);
  const positions = createPositions(source);
  const sitesBy = (own: ChunkHits) => lineSites(chunk, declarations, positions, own);
  const { groups, size } = siteNumbers(file, [sitesBy(hits)]);
  const [first, end] = [hits.lines.length, hits.lines.length + hits.calls.length];
  return (runs) => {
    const own = new Float64Array(end);
    addRuns(own, runs);
    const sites = sitesBy({
      lines: [...own.subarray(0, first)],
      calls: own.subarray(first),
      instructions: [],
    });
    const sum = new Float64Array(size);
    for (const [at, count] of countsOf(sites).entries()) sum[groups[0]?.[at] ?? size] = count;
    return runsOf(sum);
  };
}

function countedSites(
  { chunk, hits, syntax }: CompiledFile,
  functions: LinkedFunction[] | null,
  positions: Positions,
): Sites {
  if (functions !== null) return countAll(functions, sitesOf(syntax), hits);
  return lineSites(chunk, declarationsOf(syntax, chunk), positions, hits);
}

function countAll(
  functions: readonly LinkedFunction[],
  places: readonly SitesOfFunction[],
  hits: ChunkHits | undefined,
): Sites {
  return joinSites(
    functions.flatMap((fn) => {
      const own = places[fn.index];
      return own === undefined ? [] : [countSites(fn, own, hits)];
    }),
  );
}

function declarationsOf(syntax: Syntax, chunk: Chunk): readonly NamedFunction[] | null {
  const declarations = findFunctions(syntax);
  return declarations.length === chunk.protos.length - 1 ? declarations : null;
}

/** The functions of a text with their instructions; null, with a warning, where only lines can be measured. */
function link(file: CompiledFile, warnings: string[]): LinkedFunction[] | null {
  const { syntax, chunk, twin } = file;
  const functions = twin === null ? null : linkFunctions(syntax, chunk, twin.chunk, twin.tokenOfLine);
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
