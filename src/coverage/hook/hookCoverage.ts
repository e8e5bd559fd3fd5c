import type { LineHits } from "../../types.js";
import { analyseSites, type FileAnalysis, type ParsedFile } from "../siteAnalysis.js";
import { sitesOf } from "../sites/sitesOf.js";
import { hookedSites } from "./hookedSites.js";

/** A Lua file whose lines and calls were counted by the debug hook of native Luas. */
export interface HookedFile extends ParsedFile {
  readonly hits: readonly LineHits[];
}

/** Joins the lines and functions of a file with what hooks have counted: no branches. */
export function hookCoverage(file: HookedFile): FileAnalysis {
  const warnings: string[] = [];
  const analysis = analyseSites(file, true, (positions) => {
    const { sites, unclear } = hookedSites(sitesOf(file.syntax), file.hits, positions);
    warnings.push(...unclear.map((line) => unclearWarning(file.name, line)));
    return sites;
  });
  return { ...analysis, warnings: [...analysis.warnings, ...warnings] };
}

/** What is to be said of functions that a hook cannot tell apart. */
export function unclearWarning(name: string, line: number): string {
  return `${name}:${line}: the hook cannot tell the functions of this line apart, so they are left out`;
}
