import { withoutBranches } from "../coverage/packed/packed.js";
import type { FileAnalysis } from "../coverage/siteAnalysis.js";
import type { Analysed, AnalysisNotice, AnalysisRequest, Counted } from "./request.js";

/** Says what the analysis cannot do; nothing is dropped in silence. */
export type Notify = (level: AnalysisNotice["level"], message: string) => void;

/** Works out the coverage of a file that is counted in one way; null, with a notice, where it cannot. */
export type Analyser = (request: AnalysisRequest, notify: Notify) => FileAnalysis | null;

/**
 * What works out the coverage of files that are counted in one way. Each is loaded when it is needed: the one for
 * instructions brings a compiler along, a fifth of what a command needs to start.
 */
export async function loadAnalyser(by: Counted["by"]): Promise<Analyser> {
  switch (by) {
    case "nothing":
      return (await import("./unrun.js")).analyseNotLoaded;
    case "instructions":
      return (await import("./compiled.js")).analyseCompiled;
    default:
      return (await import("./probed.js")).analyseProbed;
  }
}

/** Works out the coverage of one file. */
export function analyseRequest(request: AnalysisRequest, analyser: Analyser): Analysed {
  const notices: AnalysisNotice[] = [];
  const notify: Notify = (level, message) => notices.push({ level, message });
  try {
    const analysis = analyser(request, notify);
    for (const warning of analysis?.warnings ?? []) notify("warning", warning);
    const coverage = analysis?.coverage ?? null;
    if (coverage === null) return { coverage, notices };
    const parts = partsOf(request, analysis?.partSites ?? null);
    return { coverage: request.linesOnly ? withoutBranches(coverage) : coverage, notices, ...parts };
  } catch (error) {
    // Whatever one source does to the analysis, the others count.
    const reason = error instanceof Error ? error.message : String(error);
    notify("problem", `${request.name} cannot be analysed: ${reason}`);
    return { coverage: null, notices };
  }
}

/** Without branches, what counts them is behind all else. */
function partsOf(
  { parts }: AnalysisRequest,
  sites: FileAnalysis["partSites"] | null,
): Pick<Analysed, "parts"> {
  if (parts === undefined || sites == null) return {};
  const { key, count } = sites;
  const counted = (runs: Uint8Array | null) => (runs === null ? null : count(runs));
  const own = Object.entries(parts).filter(([each]) => key === null || each === key);
  return { parts: Object.fromEntries(own.map(([each, runs]) => [each, runs.map(counted)])) };
}
