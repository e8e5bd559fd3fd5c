import type { Range } from "istanbul-lib-coverage";
import type { FileCoverageData } from "../../src/types.js";

/** What two maps of a file say otherwise, as text. */
export function differences(hook: FileCoverageData, probes: FileCoverageData): string[] {
  const [ours, theirs] = [entriesOf(hook), entriesOf(probes)];
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys].flatMap((key) => {
    const [a, b] = [ours.get(key), theirs.get(key)];
    return a === b ? [] : [`${key}: hook ${a ?? "nothing"}, probes ${b ?? "nothing"}`];
  });
}

/** Every entry of a map with its count, by its kind and place. */
export function entriesOf({ statementMap, s, fnMap, f, branchMap, b, bT }: FileCoverageData) {
  return new Map([
    ...Object.entries(statementMap).map(([id, range]) => [`statement ${keyOf(range)}`, `${s[id]}`] as const),
    ...Object.entries(fnMap).map(
      ([id, { name, decl, loc }]) => [`function ${name} ${keyOf(decl)} ${keyOf(loc)}`, `${f[id]}`] as const,
    ),
    ...Object.entries(branchMap).map(
      ([id, { type, loc, locations }]) =>
        [`${type} ${keyOf(loc)} ${locations.map(keyOf)}`, `${b[id]} true ${bT?.[id]}`] as const,
    ),
  ]);
}

function keyOf({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
