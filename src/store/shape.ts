import { packedIn } from "../coverage/packed/packedMap.js";
import type { CoverageMapData } from "../types.js";

const parts = ["statementMap", "fnMap", "branchMap", "s", "f", "b"] as const;

/** What was read as a coverage map. Throws when it is something else, which Istanbul would take for an empty one. */
export function checkMap(content: unknown): CoverageMapData {
  if (!isObject(content)) throw new Error("it holds no object");
  if (isMap(content)) return content;
  const other = Object.keys(content).find((name) => !isFileCoverage(content, name));
  throw new Error(`"${other}" in it is not the coverage of a file`);
}

function isMap(content: Record<string, unknown>): content is CoverageMapData {
  return Object.keys(content).every((name) => isFileCoverage(content, name));
}

function isFileCoverage(map: Record<string, unknown>, name: string): boolean {
  if (packedIn(map, name) !== null) return true;
  const value = map[name];
  if (!isObject(value) || typeof value.path !== "string") return false;
  return parts.every((part) => isObject(value[part]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
