import { withoutAgent } from "../../../../engine/native/jobs/place.js";
import { placeIn } from "../../../../engine/native/jobs/told.js";
import type { Exit } from "../../../../types.js";

/**
 * The end of a program of PUC-Rio's Luas by a limit of time; `otherwise` is its place where the traceback has none, and
 * `agent` what measures it.
 */
export function timedOut(traceback: string, otherwise: string, agent: string | null): Exit {
  const own = withoutAgent(ofProgram(traceback), agent ?? "");
  return { kind: "timed out", place: placeIn(own) ?? otherwise, traceback: own };
}

/** Without our own part of the stack, whose chunks are named as C is and have lines. */
function ofProgram(traceback: string): string {
  const lines = traceback.trim().split("\n");
  const ours = lines.findIndex((line) => /^\t\[C\]:\d/.test(line));
  const own = ours === -1 ? lines : lines.slice(0, ours);
  return own.join("\n").replace(/\n\t\[C\]: in (?:function |global )?'x?pcall'$/, "");
}
