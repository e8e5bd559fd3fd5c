import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadConfig } from "../../../src/config/load.js";
import { type ReportedBeside, writeReports } from "../../../src/report/reports.js";
import type { ChangeCoverage, CoverageMapData } from "../../../src/types.js";
import { measure } from "../../support/measure.js";
import { makeProject } from "../../support/project.js";

/** A statement, an untaken way, a function without calls, operands. */
export const sources = {
  "src/sign.lua": `local function sign(n, m)
  if n < 0 and m then
    return "negative"
  elseif n == 0 then
    return nil
  end
  return "positive"
end
return sign(1)
`,
  "src/whole.lua": "return { a = 1 }\n",
};

export interface Reported {
  readonly cwd: string;
  readonly coverage: CoverageMapData;
  /** Writes a report of one reporter, and returns it. */
  write(name: string, beside?: ReportedBeside): Promise<string>;
}

export function project(texts: Readonly<Record<string, string>> = sources): Reported {
  const cwd = makeProject(texts);
  const coverage: CoverageMapData = {};
  for (const [name, text] of Object.entries(texts)) {
    const file = path.join(cwd, name);
    coverage[file] = { ...measure(text).coverage, path: file };
  }
  const write = async (name: string, beside?: ReportedBeside) => {
    const config = await loadConfig({ cwd, reporter: [[name, { file: "report" }]] });
    writeReports(config, coverage, beside);
    const file = path.join(config.reportDir, "report");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  };
  return { cwd, coverage, write };
}

export function changeIn(cwd: string, unknown: readonly string[] = []): ChangeCoverage {
  const lines = [2, 3, 4, 5, 7].map((line) => ({ line, hits: line === 3 || line === 5 ? 0 : 1 }));
  const branches = [
    { line: 2, to: "then", count: 0 },
    { line: 2, to: "else", count: 1 },
    { line: 2, to: "#2", count: 0 },
    { line: 5, to: "then", count: 0 },
  ];
  const files = [{ path: path.join(cwd, "src/sign.lua"), lines, branches }];
  return { since: "main", files, unknown: unknown.map((name) => path.join(cwd, name)) };
}
