import { expect } from "vitest";
import type { FileCoverageData } from "../../src/types.js";
import { type Measured, measure } from "./measure.js";

/**
 * Runs a listing and compares its coverage with what is written beside it:
 *
 *      1| if 10 > 100 then
 *      0|   unreachable()
 *       | else
 *      1|   local x = 1
 *       | end
 *     if 0 1
 *
 * Before the bar: the hits of the statements that begin on the line, from left to right; nothing for none.
 * Rows without a bar are the branches that begin on the line above: type, counts of the arms, and for operands
 * `true` with the counts of their truths. `warnings` are those of the analysis.
 */
export function check(listing: string, warnings: readonly string[] = []): Measured {
  const measured = measure(sourceOf(listing));
  expect(measured.outcome.results[0]?.message).toBe("");
  expectListing(listing, measured.coverage);
  expect(measured.warnings).toEqual(warnings);
  return measured;
}

/** Compares the coverage of a listing's text with what is written beside it. */
export function expectListing(listing: string, coverage: FileCoverageData): void {
  expect(annotate(sourceOf(listing), coverage)).toBe(normalised(listing));
}

/** The Lua text of a listing. */
export function sourceOf(listing: string): string {
  const rows = listing.split("\n").filter((row) => row.includes("|"));
  return rows.map((row) => row.slice(row.indexOf("|") + 1).replace(/^ /, "")).join("\n");
}

function annotate(source: string, coverage: FileCoverageData): string {
  const rows = source.split("\n").flatMap((text, index) => {
    const hits = hitsOn(index + 1, coverage).join(" ");
    return [`${hits}| ${text}`, ...branchesOn(index + 1, coverage)];
  });
  return rows.map((row) => row.trimEnd()).join("\n");
}

function hitsOn(line: number, { statementMap, s }: FileCoverageData): (number | undefined)[] {
  const keys = Object.keys(statementMap).filter((key) => statementMap[key]?.start.line === line);
  return keys.map((key) => s[key]);
}

function branchesOn(line: number, { branchMap, b, bT }: FileCoverageData): string[] {
  const entries = Object.entries(branchMap).filter(([, { loc }]) => loc.start.line === line);
  return entries.map(([key, { type }]) => {
    const truths = bT?.[key]?.join(" ") ?? "";
    return `${type} ${b[key]?.join(" ")}${truths === "" ? "" : ` true ${truths}`}`;
  });
}

function normalised(listing: string): string {
  const rows = listing.split("\n").filter((row) => row.trim() !== "");
  return rows.map((row) => row.trim()).join("\n");
}
