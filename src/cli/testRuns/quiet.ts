import type { Config, ReporterEntry } from "../../index.js";

/** What is shown on the terminal of tests and of coverage when all is well. */
const talkative: readonly string[] = ["default", "dot"];
const tables: readonly string[] = ["text", "text-summary"];

/** A configuration by which the terminal shows nothing but what went wrong; files are written as ever. */
export function quietened(config: Config): Config {
  const reporter = config.reporter.filter((entry) => !tables.includes(nameOf(entry)));
  return {
    ...config,
    reporter: reporter.length === 0 ? ["none"] : reporter,
    testReporter: config.testReporter.map((name) => (talkative.includes(name) ? "quiet" : name)),
  };
}

const nameOf = (entry: ReporterEntry) => (typeof entry === "string" ? entry : entry[0]);
