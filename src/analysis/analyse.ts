import path from "node:path";
import type { CountedSource } from "../byTest/build.js";
import { digestOfSource } from "../files/digest.js";
import { readContent } from "../files/files.js";
import type { BytecodeHits, CoverageMapData, Hits, Notice, ProbedSource } from "../types.js";
import type { AnalysisAhead } from "./ahead.js";
import { type AnalysisOptions, analyseAll } from "./analyseAll.js";
import type { AnalysisRequest, Counted, FileParts, NotLoaded } from "./request.js";

export interface AnalyseOptions extends AnalysisOptions {
  /** Messages name files relative to this. */
  readonly root: string;
  readonly linesOnly: boolean;
  /** The counters of parts of the run, by source; absent where nobody asks for their counts. */
  readonly partsOf?: ((source: string) => FileParts) | undefined;
}

/** A coverage map by absolute path, the digests of the sources in it, and what is to be said of its files. */
export interface AnalysedFiles {
  readonly coverage: CoverageMapData;
  readonly digests: Readonly<Record<string, string>>;
  readonly notices: readonly Notice[];
  /** What became of the parts, by source. */
  readonly counted: ReadonlyMap<string, CountedSource>;
}

/**
 * Joins what could run with what instructions counted: the coverage of every file that has hits, by absolute paths, and of
 * those that count although nothing loaded them.
 */
export async function analyse(
  hits: BytecodeHits,
  { sources, inEmbedded }: NotLoaded,
  { root, linesOnly, partsOf, ...options }: AnalyseOptions,
  ahead: AnalysisAhead | null = null,
): Promise<AnalysedFiles> {
  const unread: Notice[] = [];
  const found = new Set(sources);
  const files = [...new Set([...Object.keys(hits), ...sources])].sort();
  const requests = files.flatMap((file): AnalysisRequest[] => {
    const shapes = hits[file] ?? {};
    const wasLoaded = Object.keys(shapes).length > 0;
    const known = wasLoaded ? null : ahead?.requestOf(file);
    if (known) return [known];
    const name = path.relative(root, file);
    const source = readSource(file, name, found.has(file), unread);
    if (source === null) return [];
    const counted: Counted = wasLoaded ? { by: "instructions", shapes } : { by: "nothing", inEmbedded };
    const parts = wasLoaded && partsOf !== undefined ? { parts: partsOf(file) } : {};
    return [{ path: file, name, source, digest: digestOfSource(source), counted, linesOnly, ...parts }];
  });
  const { notices, ...analysed } = await analyseAll(requests, options);
  return { ...analysed, notices: [...unread, ...notices] };
}

/** Null for a file that cannot be read; one that was not there when the run began may be gone again. */
function readSource(file: string, name: string, wasThere: boolean, notices: Notice[]): Buffer | null {
  try {
    return readContent(file);
  } catch (error) {
    // Tests of loaders and generators load what they have written, and clean up behind themselves.
    const isGone = !wasThere && error instanceof Error && "code" in error && error.code === "ENOENT";
    const reason = error instanceof Error ? error.message : String(error);
    notices.push(
      isGone
        ? {
            level: "information",
            file,
            message: `${name} is not there any more, so it is not in the coverage`,
          }
        : { level: "problem", file, message: `${name} cannot be read: ${reason}` },
    );
    return null;
  }
}

/**
 * Joins what could run in sources with what their probes and hooks counted; `counts` says whether one counts that nothing
 * has loaded.
 */
export async function analyseProbed(
  sources: readonly ProbedSource[],
  { probes, lines }: Pick<Hits, "probes" | "lines">,
  counts: (file: string) => boolean,
  { root, linesOnly, partsOf, ...options }: AnalyseOptions,
): Promise<AnalysedFiles> {
  const counted = sources.filter(({ key, path: file }) => probes.has(key) || lines.has(key) || counts(file));
  const requests = counted.map(
    ({ path: file, key, text }): AnalysisRequest => ({
      path: file,
      name: path.relative(root, file),
      source: text,
      digest: digestOfSource(text),
      counted: { by: "probes", counters: probes.get(key), lines: lines.get(key) },
      linesOnly,
      ...(partsOf !== undefined && probes.has(key) ? { parts: partsOf(key) } : {}),
    }),
  );
  const { counted: byPath, ...analysed } = await analyseAll(requests, options);
  const keys = new Map(counted.map(({ key, path: file }) => [file, key]));
  const byKey = Array.from(byPath, ([file, each]) => [keys.get(file) ?? file, each] as const);
  return { ...analysed, counted: new Map(byKey) };
}
