import path from "node:path";
import { withoutBranches } from "../coverage/fileCoverage.js";
import { hookCoverage } from "../coverage/hook/hookCoverage.js";
import { probeCoverage } from "../coverage/probes/probeCoverage.js";
import { analyseUnrun, type FileAnalysis, type ParsedFile } from "../coverage/siteAnalysis.js";
import { parseNewest } from "../source/syntax.js";
import type { CoverageMapData, Hits, LineHits, Notice, ProbedSource } from "../types.js";

export interface CoverageOptions {
  /** Messages name files relative to this. */
  readonly root: string;
  /** Whether a source counts that nothing has loaded. */
  readonly counts: (file: string) => boolean;
  readonly linesOnly: boolean;
}

/** Joins what could run in sources with what their probes have counted. */
export function probedCoverage(
  sources: readonly ProbedSource[],
  { probes, lines }: Pick<Hits, "probes" | "lines">,
  { root, counts, linesOnly }: CoverageOptions,
): { coverage: CoverageMapData; notices: Notice[] } {
  const notices: Notice[] = [];
  const counted = sources.filter(({ key, path: file }) => probes.has(key) || lines.has(key) || counts(file));
  const files = counted.flatMap(({ path: file, key, text }) => {
    const name = path.relative(root, file);
    const parsed = parseNewest(text);
    if (!parsed.ok) throw new Error(`${name} was read before`);
    const parsedFile = { path: file, name, source: text, syntax: parsed.syntax };
    const analysis = analyse(parsedFile, probes.get(key), lines.get(key));
    for (const message of analysis.warnings) notices.push({ level: "warning", file, message });
    return analysis.coverage === null ? [] : [analysis.coverage];
  });
  const shown = linesOnly ? files.map(withoutBranches) : files;
  return { coverage: Object.fromEntries(shown.map((file) => [file.path, file])), notices };
}

/** What ran with probes is known better. */
function analyse(
  file: ParsedFile,
  counters: readonly number[] | undefined,
  lines: readonly LineHits[] | undefined,
): FileAnalysis {
  if (counters !== undefined) return probeCoverage({ ...file, counters, lineHits: lines ?? [] });
  return lines === undefined ? analyseUnrun(file) : hookCoverage({ ...file, hits: lines });
}
