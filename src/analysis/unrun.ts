import { analyseUnrun } from "../coverage/siteAnalysis.js";
import type { Analyser } from "./analyseRequest.js";
import { readEmbedded } from "./embedded.js";

/** Of a file that nobody loaded. */
export const analyseNotLoaded: Analyser = (request, notify) => {
  const parsed = readEmbedded(request, false, notify);
  return parsed === null ? null : analyseUnrun(parsed);
};
