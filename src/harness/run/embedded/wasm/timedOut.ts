import { placeInTraceback } from "../../../../engine/native/jobs/place.js";
import type { Exit } from "../../../../types.js";

/**
 * The end of a program of PUC-Rio's Luas by a limit of time; `otherwise` is its place where the traceback has none, and
 * `agent` what measures it.
 */
export function timedOut(traceback: string, otherwise: string, agent: string | null): Exit {
  return { kind: "timed out", ...placeInTraceback(traceback, otherwise, agent) };
}
