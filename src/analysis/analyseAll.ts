import type { CountedSource } from "../byTest/build.js";
import { packedMap } from "../coverage/packed/packedMap.js";
import { shareOut } from "../threads/shareOut.js";
import type { CoverageMapData, Notice } from "../types.js";
import type { AnalysisCache, CacheEntry } from "./cache.js";
import type { Analysed, AnalysisRequest } from "./request.js";

export interface AnalysisOptions {
  /** By default nothing is known of earlier analyses. */
  readonly cache?: AnalysisCache;
  /** How many threads may analyse at the same time, by default this one. */
  readonly jobs?: number;
}

/** Works out the coverage of files, on several cores where there is enough to do. */
export async function analyseAll(
  requests: readonly AnalysisRequest[],
  options: AnalysisOptions,
): Promise<{
  coverage: CoverageMapData;
  digests: Record<string, string>;
  notices: Notice[];
  /** By the path of each file whose parts were asked for. */
  counted: Map<string, CountedSource>;
}> {
  const analysed = await findAnalysed(requests, options);
  const inOrder = requests.map((request) => ({ file: request.path, ...analysed.get(request) }));
  return {
    digests: Object.fromEntries(requests.map(({ path, digest }) => [path, digest])),
    coverage: packedMap(inOrder.flatMap(({ coverage = null }) => (coverage === null ? [] : [coverage]))),
    counted: new Map(
      requests.flatMap((request) => {
        const { coverage = null, parts } = analysed.get(request) ?? {};
        if (request.parts === undefined || coverage === null) return [];
        return [[request.path, { coverage, digest: request.digest, parts: parts ?? {} }] as const];
      }),
    ),
    notices: inOrder.flatMap(({ file, notices = [] }) => notices.map((notice) => ({ ...notice, file }))),
  };
}

/** What came of each file, from the cache where it is there. */
async function findAnalysed(
  requests: readonly AnalysisRequest[],
  { cache, jobs = 1 }: AnalysisOptions,
): Promise<ReadonlyMap<AnalysisRequest, Analysed>> {
  const found = new Map<AnalysisRequest, Analysed>();
  const missing = new Map<AnalysisRequest, CacheEntry | undefined>();
  for (const request of requests) {
    const entry = cache?.entryOf(request);
    if (entry?.known == null) missing.set(request, entry);
    else found.set(request, entry.known);
  }
  await analyseEach([...missing.keys()], jobs, (request, analysed) => {
    found.set(request, analysed);
    missing.get(request)?.keep(analysed);
  });
  cache?.save();
  return found;
}

/** In threads where there is enough to do; what these do not, this one does. */
async function analyseEach(
  requests: readonly AnalysisRequest[],
  jobs: number,
  onAnalysed: (request: AnalysisRequest, analysed: Analysed) => void,
): Promise<void> {
  const script = new URL("./thread.js", import.meta.url);
  const sizeOf = ({ source }: AnalysisRequest) => source.length;
  const sharing = { script, threads: jobs, sizeOf, bytesForThread: 500_000 };
  const left = await shareOut<AnalysisRequest, Analysed>(requests, sharing, onAnalysed);
  if (left.length === 0) return;
  const { analyseRequest, loadAnalyser } = await import("./analyseRequest.js");
  for (const request of left)
    onAnalysed(request, analyseRequest(request, await loadAnalyser(request.counted.by)));
}
