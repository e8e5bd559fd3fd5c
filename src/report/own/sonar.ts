import path from "node:path";
import istanbul from "istanbul-lib-coverage";
import type { Figure, FileCoverageData } from "../../types.js";
import { attributeText } from "../names/xml.js";
import type { OwnReport } from "./ownReporters.js";
import { writeText } from "./writeText.js";

/** SonarQube's generic test data: lines to cover, with the ways on from each. */
export function writeSonar({ config, coverage, options, writer }: OwnReport): void {
  const files = Object.values(coverage).map((file) => fileText(file, config.cwd));
  const text = ['<?xml version="1.0" encoding="UTF-8"?>', '<coverage version="1">', ...files, "</coverage>"];
  writeText(writer, options, "sonar-coverage.xml", text.join("\n"));
}

function fileText(file: FileCoverageData, root: string): string {
  const name = path.relative(root, file.path).split(path.sep).join("/");
  const lines = linesOf(file).map(([line, isCovered, ways]) => {
    const branches =
      ways === null ? "" : ` branchesToCover="${ways.total}" coveredBranches="${ways.covered}"`;
    return `    <lineToCover lineNumber="${line}" covered="${isCovered}"${branches}/>\n`;
  });
  return `  <file path="${attributeText(name)}">\n${lines.join("")}  </file>`;
}

/** A line with a condition and no statement of its own, as of an `elseif`, ran if one of the ways on from it was taken. */
function linesOf(file: FileCoverageData): [line: number, isCovered: boolean, ways: Figure | null][] {
  const hits = new Map(Object.entries(istanbul.createFileCoverage(file).getLineCoverage()));
  const ways = waysByLine(file);
  const lines = [...new Set([...hits.keys(), ...ways.keys()])].sort((a, b) => Number(a) - Number(b));
  return lines.map((line) => {
    const own = ways.get(line) ?? null;
    return [Number(line), (hits.get(line) ?? own?.covered ?? 0) > 0, own];
  });
}

function waysByLine({ branchMap, b }: FileCoverageData): ReadonlyMap<string, Figure> {
  const ways = new Map<string, Figure>();
  for (const [key, { loc }] of Object.entries(branchMap)) {
    const counts = b[key] ?? [];
    const line = String(loc.start.line);
    const { covered, total } = ways.get(line) ?? { covered: 0, total: 0 };
    const taken = counts.filter((count) => count > 0).length;
    ways.set(line, { covered: covered + taken, total: total + counts.length });
  }
  return ways;
}
