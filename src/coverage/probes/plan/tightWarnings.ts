import { createPositions } from "../../../source/positions.js";
import type { ProbePlan } from "./plan.js";

/** Of each function without probes: its line, and why. */
export function tightWarnings({ tight, unknown, sites }: ProbePlan, source: Uint8Array): string[] {
  if (tight.size === 0 && unknown.size === 0) return [];
  const positions = createPositions(source);
  const functions = sites.flatMap(({ fn }) => {
    const reason = tight.get(fn?.node ?? null);
    if (reason === undefined) return [];
    const what = fn === null ? "the main chunk" : `function ${fn.name}`;
    const { line } = positions.at(fn?.node.start ?? 0);
    return [`${line}: ${what} has no room for probes, so it is left out: ${reason}`];
  });
  const loops = [...unknown].flatMap((node) => {
    if (node.type !== "ForNumericStatement" && node.type !== "ForGenericStatement") return [];
    if (sites.some(({ fn, structure }) => tight.has(fn?.node ?? null) && structure.places.has(node)))
      return [];
    const { line } = positions.at(node.start);
    return [
      `${line}: how often this loop ended is not known, since leaving it closes a variable; it is no branch`,
    ];
  });
  return [...functions, ...loops];
}
