import { hookCoverage } from "../coverage/hook/hookCoverage.js";
import { probeCoverage } from "../coverage/probes/probeCoverage.js";
import { analyseUnrun } from "../coverage/siteAnalysis.js";
import { parseNewest } from "../source/syntax.js";
import type { Analyser } from "./analyseRequest.js";

/** By the counters of probes, and by hooks: what ran with probes is known better. */
export const analyseProbed: Analyser = ({ path, name, source, counted, parts }) => {
  if (counted.by !== "probes") throw new Error("no counters of probes");
  const { counters, lines } = counted;
  const parsed = parseNewest(source);
  if (!parsed.ok) throw new Error(`line ${parsed.line}: ${parsed.message}`);
  const file = { path, name, source, syntax: parsed.syntax };
  if (counters !== undefined)
    return probeCoverage({ ...file, counters, lineHits: lines ?? [] }, parts !== undefined);
  return lines === undefined ? analyseUnrun(file) : hookCoverage({ ...file, hits: lines });
};
