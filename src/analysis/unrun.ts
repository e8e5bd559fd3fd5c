import { analyseUnrun } from "../coverage/siteAnalysis.js";
import type { Analyser } from "./analyseRequest.js";
import { readEmbedded, readNewest } from "./read.js";

/** Of a file that nobody loaded. */
export const analyseNotLoaded: Analyser = (request, notify) => {
  const { counted } = request;
  const inEmbedded = counted.by === "nothing" && counted.inEmbedded;
  const parsed = inEmbedded ? readEmbedded(request, false, notify) : readNewest(request, notify);
  return parsed === null ? null : analyseUnrun(parsed);
};
