import path from "node:path";
import { makingLines } from "../../coverage/hook/fieldFunctions.js";
import { notWritable } from "../../errors/outputs.js";
import { isFile, readContent } from "../../files/files.js";
import { encodeName } from "../../files/names.js";
import { codeLines } from "../../luacov/codeLines.js";
import { formatReport, type ReportedFile } from "../../luacov/report.js";
import { formatStats } from "../../luacov/stats.js";
import { createPositions } from "../../source/positions.js";
import { parseNewest } from "../../source/syntax.js";
import type { Config, CoverageMapData, FileCoverageData, LineCounts } from "../../types.js";
import { placeFile } from "../placeFile.js";
import type { OwnReport } from "./ownReporters.js";

/** Writes `luacov.report.out`. Throws NOT_WRITABLE. */
export function writeLuacovReport({ config, coverage, lineCounts }: OwnReport): void {
  const file = config.luacov?.reportFile ?? path.join(config.reportDir, "luacov.report.out");
  place(file, config, reportOf(coverage, lineCounts, config.cwd));
}

/** Writes `luacov.stats.out`. Throws NOT_WRITABLE. */
export function writeLuacovStats({ config, coverage, lineCounts }: OwnReport): void {
  const file = config.luacov?.statsFile ?? path.join(config.reportDir, "luacov.stats.out");
  place(file, config, statsOf(coverage, lineCounts, config.cwd));
}

function place(file: string, { cwd, sandbox }: Config, content: Buffer): void {
  const folder = path.dirname(file);
  try {
    placeFile(folder, path.basename(file), content, sandbox ? cwd : null);
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

function reportOf(coverage: CoverageMapData, counts: LineCounts | null, root: string): Buffer {
  const reported = Object.values(coverage).flatMap((file) => reportedFile(file, counts, root));
  const greatest = reported.flatMap(({ hits }) => hits).reduce<number>((a, b) => Math.max(a, b ?? 0), 0);
  return formatReport(reported, Math.max(greatest, counts?.greatest ?? 0));
}

/** Like LuaCov, without a file that is gone. */
function reportedFile(file: FileCoverageData, counts: LineCounts | null, root: string): ReportedFile[] {
  if (!isFile(file.path)) return [];
  const source = readContent(file.path);
  const hits: (number | null)[] = [...lineHits(file)];
  const counted = counts?.byFile.get(file.path);
  const parsed = counted === undefined ? null : parseNewest(source);
  const running = parsed?.ok === true ? codeLines(parsed.syntax, createPositions(source)) : new Set<number>();
  for (const line of running) {
    const count = counted?.[line - 1] ?? 0;
    if (count > 0) hits[line - 1] ??= count;
  }
  return [{ name: encodeName(nameIn(root, file.path)), source, hits }];
}

function statsOf(coverage: CoverageMapData, counts: LineCounts | null, root: string): Buffer {
  const stats = Object.values(coverage).map((file) => {
    const counted = counts?.byFile.get(file.path) ?? [];
    return [
      nameIn(root, file.path),
      counts?.alone.has(file.path) ? counted : joined(hookHits(file, counted), counted),
    ] as const;
  });
  const others = [...(counts?.byFile ?? [])].filter(([file]) => !Object.hasOwn(coverage, file));
  return formatStats(
    new Map([...stats, ...others.map(([file, each]) => [nameIn(root, file), each] as const)]),
  );
}

/** Lines where a statement begins have its count; what else LuaCov has counted stays. */
function joined(hits: readonly (number | null)[], counted: readonly number[]): readonly number[] {
  const length = Math.max(hits.length, counted.length);
  return Array.from({ length }, (_, index) => hits[index] ?? counted[index] ?? 0);
}

/** As a hook counts, also where a field of a table makes a function on the line of its body. */
function hookHits(file: FileCoverageData, counted: readonly number[]): readonly (number | null)[] {
  const hits = lineHits(file);
  const source = isFile(file.path) ? readContent(file.path) : new Uint8Array();
  const parsed = parseNewest(source);
  if (!parsed.ok) return hits;
  const result = [...hits];
  for (const { line, first } of makingLines(parsed.syntax, createPositions(source))) {
    const own = hits[line - 1];
    if (own === null || own === undefined) continue;
    const [before, made] = [counted[line - 1] ?? 0, counted[first - 1] ?? 0];
    // What LuaCov has counted has its makings in it, and is no call where it has nothing else.
    const calls = own - (before > made ? before : 0);
    result[line - 1] = calls + (hits[first - 1] ?? 0) - made + before;
  }
  return result;
}

/** How often each line ran, from the first one on: the greatest count of the statements that begin there. */
function lineHits({ statementMap, s }: FileCoverageData): readonly (number | null)[] {
  const lines: (number | null)[] = [];
  for (const [key, { start }] of Object.entries(statementMap)) {
    lines[start.line - 1] = Math.max(lines[start.line - 1] ?? 0, s[key] ?? 0);
  }
  return Array.from(lines, (count) => count ?? null);
}

function nameIn(root: string, file: string): string {
  const relative = path.relative(root, file);
  return (relative.startsWith("..") ? file : relative).replaceAll(path.sep, "/");
}
