import { createPositions } from "../../../source/positions.js";
import { placeOf } from "../../hook/place.js";
import type { ProbePlan } from "./plan.js";

/** The places of functions without probes, whose lines a hook is to count. */
export function tightPlaces({ tight }: ProbePlan, source: Uint8Array): string[] {
  if (tight.size === 0) return [];
  const positions = createPositions(source);
  return [...new Set([...tight.keys()].map((fn) => placeOf(fn, positions)))];
}

/** Of each function without probes: its line, why, and what becomes of it. */
export function tightWarnings(
  { tight, unknown, sites }: ProbePlan,
  source: Uint8Array,
  outcome: string,
): string[] {
  if (tight.size === 0 && unknown.size === 0) return [];
  const positions = createPositions(source);
  const functions = sites.flatMap(({ fn }) => {
    const reason = tight.get(fn?.node ?? null);
    if (reason === undefined) return [];
    const what = fn === null ? "the main chunk" : `function ${fn.name}`;
    const { line } = positions.at(fn?.node.start ?? 0);
    return [`${line}: ${what} has no room for probes, since ${reason}; ${outcome}`];
  });
  const loops = [...unknown].flatMap((node) => {
    if (node.type !== "ForNumericStatement" && node.type !== "ForGenericStatement") return [];
    if (sites.some(({ fn, structure }) => tight.has(fn?.node ?? null) && structure.place(node) !== undefined))
      return [];
    const { line } = positions.at(node.start);
    return [
      `${line}: how often this loop ended is not known, since leaving it closes a variable; it is no branch`,
    ];
  });
  return [...functions, ...loops];
}
