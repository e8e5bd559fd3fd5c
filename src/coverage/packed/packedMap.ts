import type { CoverageMapData, FileCoverageData } from "../../types.js";
import { defineLate } from "./late.js";
import type { PackedCoverage } from "./packed.js";
import { unpack } from "./unpack.js";

/** What the getters of maps unpack. */
const packedOf = new WeakMap<() => FileCoverageData, PackedCoverage>();

/** A coverage map whose files become objects when somebody looks at them: a report or two look at few, a map at none. */
export function packedMap(files: Iterable<PackedCoverage>): CoverageMapData {
  const map: CoverageMapData = {};
  for (const packed of files) putPacked(map, packed);
  return map;
}

/** A file of a map that nobody has looked at yet; null for one that may have been changed. */
export function packedIn(map: object, file: string): PackedCoverage | null {
  const { get } = Object.getOwnPropertyDescriptor(map, file) ?? {};
  return get === undefined ? null : (packedOf.get(get) ?? null);
}

/** Puts a file of a map, packed as it is, into another one by its path. */
export function shareFile(map: CoverageMapData, name: string, other: CoverageMapData): void {
  const packed = packedIn(map, name);
  const data = packed === null ? map[name] : undefined;
  if (packed !== null) putPacked(other, packed);
  else if (data !== undefined) other[data.path] = data;
}

/** Puts a packed file into a map. */
export function putPacked(map: CoverageMapData, packed: PackedCoverage): void {
  packedOf.set(
    defineLate(map, packed.path, () => unpack(packed)),
    packed,
  );
}
