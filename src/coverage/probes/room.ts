import type { Names } from "../../source/names.js";
import type { FunctionDeclaration } from "../../source/tree.js";
import type { SitesOfFunction } from "../sites/sitesOf.js";

const maxLocals = 200;

/**
 * Whether a function (null: the main one) has room for upvalues of ours, as all around it must have. `needed` are the
 * locals that the main function declares.
 */
export function roomFor(
  sites: readonly SitesOfFunction[],
  names: Names,
  needed: number,
  upvalues: number,
): (fn: FunctionDeclaration | null) => boolean {
  const hasRoom = names.needs(null).locals + needed <= maxLocals;
  const full = new Set<FunctionDeclaration>();
  const hasEnvironment = upvalues > 60;
  let endOfFull = 0;
  for (const { fn } of sites) {
    if (fn === null) continue;
    const needs = names.needs(fn.node);
    const used = needs.upvalues + (hasEnvironment && needs.usesGlobals ? 1 : 0);
    const isInFull = fn.node.start < endOfFull;
    if (hasRoom && used + needed <= upvalues && !isInFull) continue;
    full.add(fn.node);
    endOfFull = Math.max(endOfFull, fn.node.end);
  }
  return (fn) => (fn === null ? hasRoom : !full.has(fn));
}
