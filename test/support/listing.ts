import { expect } from "vitest";
import { measure } from "./measure.js";

/**
 * Runs a listing and compares the hits of its lines with those written before them:
 *
 *      1| if 10 > 100 then
 *      0|   unreachable()
 *       | else
 *
 * The number is the line's hits, the largest of the statements that begin on it; no number, no statement.
 */
export function check(listing: string): void {
  const source = sourceOf(listing);
  const { outcome, coverage } = measure(source);
  expect(outcome.result.message).toBe("");
  const hits = new Map<number, number>();
  for (const [key, { start }] of Object.entries(coverage.statementMap)) {
    hits.set(start.line, Math.max(hits.get(start.line) ?? 0, coverage.s[key] ?? 0));
  }
  expect(annotate(source, (line) => hits.get(line))).toBe(annotate(source, expectedHits(listing)));
}

/** The Lua text of a listing. */
export function sourceOf(listing: string): string {
  return rows(listing)
    .map((row) => row.slice(row.indexOf("|") + 1).replace(/^ /, ""))
    .join("\n");
}

function expectedHits(listing: string): (line: number) => number | undefined {
  const counts = rows(listing).map((row) => row.slice(0, row.indexOf("|")).trim());
  return (line) => {
    const count = counts[line - 1] ?? "";
    return count === "" ? undefined : Number(count);
  };
}

function annotate(source: string, hits: (line: number) => number | undefined): string {
  return source
    .split("\n")
    .map((text, index) => `${String(hits(index + 1) ?? "").padStart(5)}| ${text}`)
    .join("\n");
}

function rows(listing: string): string[] {
  return listing.split("\n").filter((row) => row.includes("|"));
}
