import path from "node:path";
import { warningsOf } from "./conclude.js";
import { findSources } from "./discover/sources.js";
import { verdict } from "./discover/verdict.js";
import { makeAgentFolder } from "./engine/native/agentFolder.js";
import { runCommand } from "./engine/native/command.js";
import { withAgent } from "./engine/native/hostArguments.js";
import { cannotStart, sandboxed } from "./errors.js";
import { planFor } from "./harness/plan/plan.js";
import { openCache } from "./probing/cache.js";
import { probedCoverage } from "./probing/coverage.js";
import { type ProbedSources, probeSources } from "./probing/sources.js";
import { checkReporters } from "./report/reports.js";
import { beginRun } from "./store/storedRun.js";
import type { AgentReport, CommandEnd, Config, Notice, RunResult } from "./types.js";
import { counted } from "./words.js";

export interface CoverRequest {
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** As of a run of tests. */
  readonly began?: number;
}

export interface CoverResult extends RunResult {
  readonly end: CommandEnd;
}

/**
 * Runs any command, and measures what the Lua programs cover that it starts, in the Luas that they run in. Throws USAGE
 * for a command that cannot be started, CONFIG, UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export async function cover(config: Config, { command, began }: CoverRequest): Promise<CoverResult> {
  if (config.sandbox) throw sandboxed();
  checkReporters(config.reporter);
  const scope = { ...planFor({ ...config, all: false }, []).scope, hasOtherTests: true };
  const probed = probeSources(findSources(scope), config.cwd, openCache(config.cwd));
  const stored = beginRun(config, began);
  const folder = makeAgentFolder(probed.sources, config.collector);
  try {
    const end = await started(withAgent(command, folder.agent), folder.environment);
    const { notices, ...result } = conclude(config, probed, folder.read());
    const doubts = result.kept ? stored.keep(result.coverage) : [];
    const verdicts = Object.fromEntries(probed.sources.map(({ path: file }) => [file, verdict(scope, file)]));
    return { ...result, notices: [...notices, ...warningsOf(config, doubts)], verdicts, end };
  } finally {
    folder.close();
    stored.end();
  }
}

async function started(
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CommandEnd> {
  try {
    return await runCommand(command, environment);
  } catch (cause) {
    throw cannotStart(command[0] ?? "", cause);
  }
}

function conclude(
  config: Config,
  { sources, notices }: ProbedSources,
  report: AgentReport,
): Omit<CoverResult, "end" | "verdicts"> {
  const { cwd: root, all, linesOnly } = config;
  const { coverage, notices: more } = probedCoverage(sources, report, { root, all, linesOnly });
  return {
    results: [],
    coverage,
    notices: [...notices, ...more, ...reportNotices(config, report, sources)],
    interrupted: false,
    notRun: 0,
    selected: 1,
    // A command that has to do with none of the project's files says nothing about them.
    kept: report.hits.size > 0 || report.lineHits.size > 0,
  };
}

function reportNotices(
  { cwd }: Config,
  { changed, unprobed, unended, processes, lineHits }: AgentReport,
  sources: ProbedSources["sources"],
): Notice[] {
  const warning = (file: string, message: string): Notice => ({ level: "warning", file, message });
  const nameOf = (file: string) => path.relative(cwd, file);
  const changes = changed.map((file) =>
    warning(
      file,
      `${nameOf(file)} was loaded with another text than when the command began; what ran of it is left out`,
    ),
  );
  const others = unprobed.map((key) => {
    const file = sources.find((source) => source.key === key || source.digest === key)?.path ?? cwd;
    const reason = "ran as it is, since its copy with counters could not take its place";
    const text = `${reason}; ${lineHits.has(key) ? "it is measured by lines only" : "what ran of it is left out"}`;
    return warning(file, `${nameOf(file)} ${text}`);
  });
  const killed = `${unended} of ${counted(processes, "Lua process", "Lua processes")} did not come to an end that could be seen; the last seconds before may not be counted`;
  return [...changes, ...others, ...(unended === 0 ? [] : [warning(cwd, killed)])];
}
