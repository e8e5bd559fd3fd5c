import type { HeldMemory, MemoryHolder } from "../types.js";
import { compareTexts } from "./identity.js";

/** Of each holder the most that it held in any of them; null for none. */
export function mergeHeld(all: readonly HeldMemory[]): HeldMemory | null {
  if (all.length === 0) return null;
  const largest = new Map<string, MemoryHolder>();
  for (const holder of all.flatMap(({ holders }) => holders)) {
    const known = largest.get(holder.path);
    if (known === undefined || isLarger(holder, known)) largest.set(holder.path, holder);
  }
  const holders = [...largest.values()].sort((a, b) => b.bytes - a.bytes || compareTexts(a.path, b.path));
  return { bytes: Math.max(...all.map(({ bytes }) => bytes)), holders };
}

function isLarger(a: MemoryHolder, b: MemoryHolder): boolean {
  return a.bytes > b.bytes || (a.bytes === b.bytes && a.count > b.count);
}
