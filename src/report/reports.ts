import path from "node:path";
import istanbul from "istanbul-lib-coverage";
import type { Context } from "istanbul-lib-report";
import { hasColors } from "../colors.js";
import { notWritable, unknownReporter } from "../errors.js";
import { isFile, readContent } from "../files/files.js";
import { visible, visibleName } from "../files/visible.js";
import type { Config, CoverageMapData, LineCounts } from "../types.js";
import { istanbulLibReport, istanbulReports } from "./istanbul.js";
import { writeLuacovFile } from "./luacovFiles.js";
import { rootFor, safely } from "./names/safely.js";
import { findPartials } from "./partial.js";
import { placeFile } from "./placeFile.js";
import { ownNames, reporterNames, testReporterNames } from "./reporterNames.js";
import { ReportWriter } from "./reportWriter.js";

export { reporterNames };

type ReporterName = (typeof reporterNames)[number] | (typeof ownNames)[number];

/** Throws UNKNOWN_REPORTER for the first name that neither istanbul-reports nor this tool has. */
export function checkReporters(names: readonly string[]): readonly ReporterName[] {
  const all = [...reporterNames, ...ownNames];
  return names.map((name) => {
    const known = all.find((each) => each === name);
    if (known === undefined) throw unknownReporter(name, all, testReporterNames);
    return known;
  });
}

/**
 * Writes the configured reports: files below `reportDir`, text to standard output.
 * Throws UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export function writeReports(
  config: Config,
  coverage: CoverageMapData,
  lineCounts: LineCounts | null = null,
): void {
  const names = checkReporters(config.reporter).filter((name) => name !== "none");
  if (names.length === 0) return;
  const context = istanbulLibReport().createContext({
    dir: config.reportDir,
    watermarks: { ...config.watermarks },
    coverageMap: istanbul.createCoverageMap(structuredClone(coverage)),
  });
  colourAsElsewhere(context);
  const fence = config.sandbox ? config.cwd : null;
  const standard = context.writer;
  context.data.writer = new ReportWriter(standard, (name, content) =>
    placeFile(config.reportDir, name, content, fence),
  );
  const execute = safely(context, coverage);
  for (const name of names) {
    if (name === "partial") {
      console.log(partialsText(config.cwd, coverage));
      continue;
    }
    if (name === "luacov" || name === "luacov-stats") {
      writeLuacovFile(name, config, coverage, lineCounts);
      continue;
    }
    const report = istanbulReports().create(name, {
      skipEmpty: config.skipEmpty,
      skipFull: config.skipFull,
      // "SF:" in lcov.info is relative to this.
      projectRoot: rootFor(name, config.cwd),
      maxCols: process.stdout.columns ?? 100,
    });
    try {
      execute(name, report);
    } catch (cause) {
      throw notWritable(config.reportDir, cause);
    }
  }
}

/** Istanbul's own, bold. */
const classColors: ReadonlyMap<string, string> = new Map([
  ["low", "31;1"],
  ["medium", "33;1"],
  ["high", "32;1"],
]);

/** Istanbul looks by itself whether standard output has colours, and does not know of NO_COLOR. */
function colourAsElsewhere({ writer }: Context): void {
  const writeFile = writer.writeFile.bind(writer);
  const coloured = hasColors(process.stdout);
  writer.writeFile = (file) => {
    const content = writeFile(file);
    if (file !== null && file !== "-") return content;
    content.colorize = (text, name) => {
      const color = coloured && name !== undefined ? classColors.get(name) : undefined;
      return color === undefined ? text : `\u001b[${color}m${text}\u001b[0m`;
    };
    return content;
  };
}

function partialsText(root: string, coverage: CoverageMapData): string {
  const files = Object.values(coverage).map((file) => {
    const rows = findPartials(file, readSource(file.path)).map(
      ({ line, text }) => `  ${line}: ${visible(text)}\n`,
    );
    return rows.length === 0 ? "" : `${visibleName(path.relative(root, file.path))}\n${rows.join("")}`;
  });
  return files.join("") || "Every branch that was reached went all of its ways.\n";
}

/** A source that is gone has no texts to quote. */
function readSource(file: string): Uint8Array {
  return isFile(file) ? readContent(file) : new Uint8Array();
}
