import { realpathSync } from "node:fs";
import path from "node:path";
import { noSuchRoot } from "../errors.js";
import type { Config, Metric, Thresholds, Watermarks } from "../types.js";
import { statsOf } from "./files.js";
import { optionTable, type ValidOptions } from "./options.js";

/** Fills in the defaults and makes every path absolute. Throws CONFIG when the root is no folder. */
export function resolveConfig(options: ValidOptions, cwd: string): Config {
  const root = realRoot(cwd);
  return {
    cwd: root,
    all: options.all ?? optionTable.all.fallback,
    include: options.include ?? optionTable.include.fallback,
    exclude: options.exclude ?? optionTable.exclude.fallback,
    extension: options.extension ?? optionTable.extension.fallback,
    linesOnly: options.linesOnly ?? optionTable.linesOnly.fallback,
    luaPath: options.luaPath ?? optionTable.luaPath.fallback,
    reporter: options.reporter ?? optionTable.reporter.fallback,
    reportDir: path.resolve(root, options.reportDir ?? optionTable.reportDir.fallback),
    tempDir: path.resolve(root, options.tempDir ?? optionTable.tempDir.fallback),
    clean: options.clean ?? optionTable.clean.fallback,
    checkCoverage: options.checkCoverage ?? optionTable.checkCoverage.fallback,
    thresholds: resolveThresholds(options),
    perFile: options.perFile ?? optionTable.perFile.fallback,
    watermarks: resolveWatermarks(options.watermarks ?? {}),
    skipFull: options.skipFull ?? optionTable.skipFull.fallback,
    skipEmpty: options.skipEmpty ?? optionTable.skipEmpty.fallback,
  };
}

function realRoot(cwd: string): string {
  if (!statsOf(cwd)?.isDirectory()) throw noSuchRoot(cwd);
  return realpathSync(cwd);
}

function resolveThresholds(options: ValidOptions): Thresholds {
  const threshold = (metric: Metric) => options[metric] ?? optionTable[metric].fallback;
  return {
    lines: threshold("lines"),
    functions: threshold("functions"),
    branches: threshold("branches"),
    statements: threshold("statements"),
  };
}

function resolveWatermarks(given: NonNullable<ValidOptions["watermarks"]>): Watermarks {
  const { fallback } = optionTable.watermarks;
  const watermark = (metric: Metric): [number, number] => [...(given[metric] ?? fallback[metric])];
  return {
    lines: watermark("lines"),
    functions: watermark("functions"),
    branches: watermark("branches"),
    statements: watermark("statements"),
  };
}
