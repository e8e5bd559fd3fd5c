import type { CoverageMapData } from "../types.js";

const parts = ["statementMap", "fnMap", "branchMap", "s", "f", "b"] as const;

/** What was read as a coverage map. Throws when it is something else, which Istanbul would take for an empty one. */
export function checkMap(content: unknown): CoverageMapData {
  if (!isMap(content)) throw new Error(reasonOf(content));
  return content;
}

function isMap(content: unknown): content is CoverageMapData {
  return isObject(content) && Object.values(content).every(isFileCoverage);
}

function reasonOf(content: unknown): string {
  if (!isObject(content)) return "it holds no object";
  const [name] = Object.entries(content).find(([, value]) => !isFileCoverage(value)) ?? [];
  return `"${name}" in it is not the coverage of a file`;
}

function isFileCoverage(value: unknown): boolean {
  if (!isObject(value) || typeof value.path !== "string") return false;
  return parts.every((part) => isObject(value[part]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
