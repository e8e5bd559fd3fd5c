import path from "node:path";
import { analyseRequest } from "../../src/analysis/analyseRequest.js";
import { analyseCompiled } from "../../src/analysis/compiled.js";
import { analyseNotLoaded } from "../../src/analysis/unrun.js";
import { unpack } from "../../src/coverage/packed/unpack.js";
import { digestOfSource } from "../../src/files/digest.js";
import { readContent } from "../../src/files/files.js";
import type { BytecodeHits, CoverageMapData, Notice } from "../../src/types.js";

export interface Analysis {
  readonly coverage: CoverageMapData;
  readonly notices: readonly Notice[];
}

/** The coverage of all files that have hits, and of `sources`, at once: without threads, and without what earlier runs knew. */
export function analyseNow(
  hits: BytecodeHits,
  sources: readonly string[],
  { root, linesOnly = false }: { readonly root: string; readonly linesOnly?: boolean },
): Analysis {
  const files = [...new Set([...Object.keys(hits), ...sources])].sort();
  const analysed = files.map((file) => {
    const source = readContent(file);
    const name = path.relative(root, file);
    const request = { path: file, name, source, digest: digestOfSource(source), linesOnly };
    const shapes = hits[file];
    const { coverage, notices } =
      shapes === undefined
        ? analyseRequest({ ...request, counted: { by: "nothing", inEmbedded: true } }, analyseNotLoaded)
        : analyseRequest({ ...request, counted: { by: "instructions", shapes } }, analyseCompiled);
    return {
      entries: coverage === null ? [] : [[file, unpack(coverage)] as const],
      notices: notices.map((notice) => ({ ...notice, file })),
    };
  });
  return {
    coverage: Object.fromEntries(analysed.flatMap(({ entries }) => entries)),
    notices: analysed.flatMap(({ notices }) => notices),
  };
}
