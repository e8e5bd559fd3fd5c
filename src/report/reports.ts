import istanbul from "istanbul-lib-coverage";
import type { Context } from "istanbul-lib-report";
import { hasColors } from "../colors.js";
import { istanbulMap } from "../coverage/packed/istanbulMap.js";
import { notWritable } from "../errors/outputs.js";
import { badReporter } from "../errors/reporters.js";
import { LuacovError } from "../errors.js";
import type { ChangeCoverage, Config, CoverageMapData } from "../types.js";
import { istanbulLibReport } from "./istanbul.js";
import { type Execute, rootFor, safely } from "./names/safely.js";
import type { OwnReport } from "./own/ownReporters.js";
import { placeFile } from "./placeFile.js";
import { createReporter, type FoundReporter, findReporters } from "./reporters.js";
import { ReportWriter } from "./reportWriter.js";
import { changeTable } from "./text/changeTable.js";

/** What reports may say beside the coverage. */
export type ReportedBeside = Partial<Pick<OwnReport, "change" | "base" | "lineCounts">>;

/**
 * Writes the configured reports: files below `reportDir`, text to standard output.
 * Throws UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export function writeReports(
  config: Config,
  coverage: CoverageMapData,
  { change = null, base = null, lineCounts = null }: ReportedBeside = {},
): void {
  const reporters = findReporters(config);
  if (reporters.length === 0) return;
  const writer = writerOf(config);
  const executeFor = executors(config, coverage, writer);
  for (const reporter of reporters) {
    const { name, by, options } = reporter;
    if (by.kind === "own") by.write({ config, coverage, change, base, lineCounts, options, writer });
    else {
      const execute = executeFor(by);
      executed(reporter, () => execute(name, createReporter(by, name, optionsFor(reporter, config))));
    }
  }
  if (change !== null && reporters.some(({ name }) => forPeople.includes(name))) {
    writeChange(config, change, writer);
  }
}

/** Reporters that people read in the terminal. */
const forPeople = ["text", "text-summary", "partial"];

/** Istanbul's own reporters share a map, which they only read; what others do to theirs is nobody else's matter. */
function executors(config: Config, coverage: CoverageMapData, writer: ReportWriter) {
  let shared: Execute | null = null;
  return ({ kind }: FoundReporter["by"]): Execute => {
    if (kind === "module") return istanbulOver(config, structuredClone(coverage), writer);
    shared ??= istanbulOver(config, coverage, writer);
    return shared;
  };
}

function istanbulOver(config: Config, coverage: CoverageMapData, writer: ReportWriter): Execute {
  const context = istanbulLibReport().createContext({
    dir: config.reportDir,
    watermarks: { ...config.watermarks },
    coverageMap: istanbulMap(coverage),
  });
  context.data.writer = writer;
  return safely(context, coverage);
}

function writerOf({ reportDir, sandbox, cwd }: Config): ReportWriter {
  const context = istanbulLibReport().createContext({
    dir: reportDir,
    coverageMap: istanbul.createCoverageMap({}),
  });
  colourAsElsewhere(context);
  return new ReportWriter(context.writer, (name, content) => {
    try {
      placeFile(reportDir, name, content, sandbox ? cwd : null);
    } catch (cause) {
      throw notWritable(reportDir, cause);
    }
  });
}

function writeChange({ cwd: root, watermarks }: Config, change: ChangeCoverage, writer: ReportWriter): void {
  const content = writer.writeFile(null);
  const colorize = (text: string, color: string) => content.colorize(text, color);
  const table = changeTable(change, { root, watermarks, maxCols: process.stdout.columns ?? 0, colorize });
  for (const line of table) content.println(line);
  content.close();
}

/** What Istanbul's reporters are made with, and over that what somebody has said. */
function optionsFor({ name, options }: FoundReporter, config: Config): Readonly<Record<string, unknown>> {
  return {
    skipEmpty: config.skipEmpty,
    skipFull: config.skipFull,
    // "SF:" in lcov.info is relative to this.
    projectRoot: rootFor(name, config.cwd),
    maxCols: options.file === undefined ? (process.stdout.columns ?? 0) : 0,
    ...options,
  };
}

/** What the reporter of a module throws is its author's to mend. */
function executed({ name, by }: FoundReporter, execute: () => void): void {
  try {
    execute();
  } catch (cause) {
    if (cause instanceof LuacovError || by.kind !== "module") throw cause;
    throw badReporter(name, cause);
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
