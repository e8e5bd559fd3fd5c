import type { CoverageMapData, ProfiledFunction } from "../types.js";

/** How often a function was called by what coverage has counted; null where it has not, or functions share their lines. */
export function coveredCalls(coverage: CoverageMapData, fn: ProfiledFunction): number | null {
  const file = fn.kind === "Lua" && fn.file !== null ? coverage[fn.file] : undefined;
  if (file === undefined) return null;
  const own = Object.entries(file.fnMap).filter(
    ([, { decl, loc }]) => decl.start.line === fn.line && loc.end.line === fn.lastLine,
  );
  const [id] = own[0] ?? [];
  return own.length === 1 && id !== undefined ? (file.f[id] ?? null) : null;
}
