import type { Range } from "istanbul-lib-coverage";
import type { CoverageMapData, FileCoverageData } from "../../types.js";
import { mergeCoverage } from "../merge.js";

/**
 * A coverage map with the counts of another one that knows lines alone: where the first knows statements, a line is that of
 * the first one on it. What branches did there is not known. Neither is changed.
 */
export function addLineMap(map: CoverageMapData, lines: CoverageMapData): CoverageMapData {
  const files = Object.entries(lines).map(([file, added]) => {
    const known = Object.hasOwn(map, file) ? map[file] : undefined;
    return [file, known === undefined || known.all === true ? added : addFile(known, added)] as const;
  });
  return { ...map, ...Object.fromEntries(files) };
}

function addFile(known: FileCoverageData, added: FileCoverageData): FileCoverageData {
  const places = new Set(Object.values(known.statementMap).map(placeOf));
  if (Object.values(added.statementMap).every((range) => places.has(placeOf(range))))
    return sum(known, added);
  const hits = new Map(
    Object.entries(added.statementMap).map(([key, { start }]) => [start.line, added.s[key] ?? 0]),
  );
  const calls = new Map(
    Object.entries(added.fnMap).map(([key, { loc }]) => [placeOf(loc), added.f[key] ?? 0]),
  );
  const s = { ...known.s };
  for (const [line, key] of firstOfLines(known)) s[key] = (s[key] ?? 0) + (hits.get(line) ?? 0);
  const f = Object.entries(known.fnMap).map(([key, { loc }]) => {
    return [key, (known.f[key] ?? 0) + (calls.get(placeOf(loc)) ?? 0)] as const;
  });
  return { ...known, s, f: Object.fromEntries(f) };
}

function sum(known: FileCoverageData, added: FileCoverageData): FileCoverageData {
  return mergeCoverage([{ [known.path]: known }, { [known.path]: added }])[known.path] ?? known;
}

/** The keys of the statements that come first on their lines. */
function firstOfLines({ statementMap }: FileCoverageData): ReadonlyMap<number, string> {
  const first = new Map<number, string>();
  for (const [key, { start }] of Object.entries(statementMap)) {
    const known = statementMap[first.get(start.line) ?? ""];
    if (known === undefined || start.column < known.start.column) first.set(start.line, key);
  }
  return first;
}

const placeOf = ({ start, end }: Range) => `${start.line}:${start.column}-${end.line}:${end.column}`;
