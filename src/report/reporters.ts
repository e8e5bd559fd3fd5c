import { createRequire } from "node:module";
import path from "node:path";
import type { ReportBase } from "istanbul-lib-report";
import { badReporter, unknownReporter } from "../errors/reporters.js";
import type { Config, ReporterEntry } from "../types.js";
import { istanbulReports } from "./istanbul.js";
import { type OwnReporter, ownReporters } from "./own/ownReporters.js";
import { ownNames, reporterNames, testReporterNames } from "./reporterNames.js";
import { createTextReport } from "./text/textReport.js";

type Options = Readonly<Record<string, unknown>>;
type Istanbul = (typeof reporterNames)[number];

/** A reporter that was found, with the options that somebody has given it. */
export interface FoundReporter {
  readonly name: string;
  readonly options: Options;
  readonly by:
    | { readonly kind: "own"; readonly write: OwnReporter }
    | { readonly kind: "istanbul"; readonly name: Istanbul }
    | { readonly kind: "module"; readonly Reporter: ReporterClass };
}

type ReporterClass = new (options: Options) => ReportBase;

/**
 * The configured reporters but `none`: ours, Istanbul's, and those of modules, which are loaded from the project root on.
 * Throws UNKNOWN_REPORTER, also for a module that is no reporter.
 */
export function findReporters({ reporter, cwd }: Pick<Config, "reporter" | "cwd">): FoundReporter[] {
  return reporter.map((entry) => findReporter(entry, cwd)).filter(({ name }) => name !== "none");
}

/** Throws UNKNOWN_REPORTER as `findReporters` does, but runs no module: of one it is said only that it is not there. */
export function checkReporters({ reporter, cwd }: Pick<Config, "reporter" | "cwd">): void {
  for (const [name] of reporter.map((entry) => [entry].flat()))
    if (typeof name === "string" && !isKnown(name)) fileOf(name, requireIn(cwd));
}

const isKnown = (name: string) => ownReporters.has(name) || reporterNames.some((each) => each === name);

/** An Istanbul reporter that is ready to be executed. Throws UNKNOWN_REPORTER for what a module has that is none. */
export function createReporter(
  by: Exclude<FoundReporter["by"], { kind: "own" }>,
  name: string,
  options: Options,
): ReportBase {
  if (by.kind === "istanbul") {
    return by.name === "text" ? createTextReport(options) : istanbulReports().create(by.name, options);
  }
  const report = new by.Reporter(options);
  if (typeof report.execute === "function") return report;
  throw badReporter(name, new Error("it has no method execute, as Istanbul's reporters have"));
}

function findReporter(entry: ReporterEntry, root: string): FoundReporter {
  const [name, options = {}] = typeof entry === "string" ? [entry] : entry;
  const write = ownReporters.get(name);
  if (write !== undefined) return { name, options, by: { kind: "own", write } };
  const known = reporterNames.find((each) => each === name);
  if (known !== undefined) return { name, options, by: { kind: "istanbul", name: known } };
  return { name, options, by: { kind: "module", Reporter: loadReporter(name, root) } };
}

/** A module by its path from the project root, or by name as one that is installed there. */
function loadReporter(name: string, root: string): ReporterClass {
  const require = requireIn(root);
  const file = fileOf(name, require);
  try {
    const Reporter = classOf(require(file));
    if (Reporter === null) throw new Error("it exports no class");
    return Reporter;
  } catch (cause) {
    throw badReporter(name, cause);
  }
}

const requireIn = (root: string) => createRequire(path.join(root, "package.json"));

function fileOf(name: string, require: NodeJS.Require): string {
  const file = resolved(require, name) ?? resolved(require, `./${name}`);
  if (file === null) throw unknownReporter(name, [...reporterNames, ...ownNames], testReporterNames);
  return file;
}

function resolved(require: NodeJS.Require, name: string): string | null {
  try {
    const file = require.resolve(name);
    return path.isAbsolute(file) ? file : null;
  } catch {
    return null;
  }
}

function classOf(module: unknown): ReporterClass | null {
  if (isReporterClass(module)) return module;
  if (typeof module !== "object" || module === null || !("default" in module)) return null;
  return isReporterClass(module.default) ? module.default : null;
}

/** That what it makes can be executed shows only then. */
function isReporterClass(value: unknown): value is ReporterClass {
  return typeof value === "function";
}
