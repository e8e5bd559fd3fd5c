import { type AnalysedFiles, analyseProbed } from "../analysis/analyse.js";
import { openAnalysisCache } from "../analysis/cache.js";
import { withSourceNames } from "../analysis/profileNames.js";
import { checkSince } from "../change/change.js";
import { shownIn } from "../debug/shown.js";
import { findSources, isUntestedCounted } from "../discover/sources.js";
import { verdict } from "../discover/verdict.js";
import { type AgentFolder, makeAgentFolder } from "../engine/native/agent/agentFolder.js";
import { withAgent } from "../engine/native/agent/hostArguments.js";
import { withHostPrograms } from "../engine/native/agent/hostPrograms.js";
import { runCommand } from "../engine/native/command.js";
import { cannotStart } from "../errors/commands.js";
import { sandboxed } from "../errors.js";
import { planFor } from "../harness/plan/plan.js";
import { agentNotices } from "../probing/agentNotices.js";
import { openProbeCache } from "../probing/cache.js";
import { type ProbedSources, probeSources } from "../probing/sources.js";
import { checkFolders } from "../report/outputs.js";
import { keepProfile } from "../store/profileFile.js";
import { beginRun } from "../store/storedRun.js";
import type { AgentReport, CommandEnd, Config, Notice, RunResult } from "../types.js";
import { forDebugging } from "./debug/debugging.js";
import { warningsOf } from "./running/conclude.js";

export interface CoverRequest {
  /** The command and its arguments. */
  readonly command: readonly string[];
  /** Whether it is one program, which has no tests: then nothing is code of these. */
  readonly isProgram?: boolean;
  /** How a debugger names what it shows; by default the command. */
  readonly file?: string;
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
export async function cover(
  given: Config,
  { command, isProgram = false, file = command.join(" "), began }: CoverRequest,
): Promise<CoverResult> {
  const config = forDebugging(given);
  if (config.sandbox) throw sandboxed();
  checkFolders(config);
  checkSince(config);
  const scope = { ...planFor({ ...config, all: false }, []).scope, hasOtherTests: !isProgram };
  const cache = openProbeCache(config.cwd);
  const probed = await probeSources(findSources(scope), { root: config.cwd, cache, jobs: config.jobs });
  const stored = config.coverage ? beginRun(config, began) : null;
  const folder = makeAgentFolder(probed.sources, config.collector, config.profile, config.trace);
  try {
    const end = await shown(config, file, withAgent(command, folder.agent), folder);
    const { notices, digests, ...result } = await conclude(
      config,
      isProgram || !config.all ? withoutNoLua(probed) : probed,
      folder.read(),
    );
    if (result.profile !== null) keepProfile(config, result.profile, began ?? Date.now());
    const doubts = result.kept ? ((await stored?.keep(result.coverage, { digests })) ?? []) : [];
    const verdicts = Object.fromEntries(probed.sources.map(({ path: file }) => [file, verdict(scope, file)]));
    return {
      ...result,
      notices: [
        ...config.configurationNotices,
        ...unlimited(config),
        ...notices,
        ...warningsOf(config, doubts),
      ],
      verdicts,
      end,
    };
  } finally {
    folder.close();
    stored?.end();
  }
}

/** A command is not ours to end. */
function unlimited({ cwd, maxInstructions }: Config): readonly Notice[] {
  if (maxInstructions === 0) return [];
  const message = "max-instructions is a limit of test files and of exec: cover ends no command";
  return [{ level: "warning", file: cwd, message }];
}

/** What no Lua reads is nothing that a program has run. */
function withoutNoLua({ notices, noLua, ...probed }: ProbedSources): ProbedSources {
  return { ...probed, noLua, notices: notices.filter(({ file }) => !noLua.has(file)) };
}

/** A debugger stops the first Lua program that the command starts. */
async function shown(
  { debug, lua }: Config,
  file: string,
  command: readonly string[],
  folder: AgentFolder,
): Promise<CommandEnd> {
  if (debug === null) return started(command, environmentOf(folder));
  const [{ openConnection }, { createPipes }] = await Promise.all([
    import("../engine/native/debugging/connection.js"),
    import("../engine/native/debugging/pipe.js"),
  ]);
  const own = folder.makeJobFolder().path;
  const pipes = await createPipes(own, 1).next();
  const connection = openConnection(own, { file, lua: lua[0] ?? null, pipes, compiled: null });
  const environment = { ...environmentOf(folder), ...connection.environment };
  return shownIn(debug, connection, (isShown) =>
    started(command, environment, debug.leavesInput ? null : isShown),
  );
}

/** Of a command: what it starts by name may be a host that reads no LUA_INIT. */
function environmentOf({ environment }: AgentFolder): AgentFolder["environment"] {
  const { LUACOV_TS_FOLDER: folder } = environment;
  const { PATH: searchPath } = process.env;
  if (folder === undefined || searchPath === undefined) return environment;
  return { ...environment, PATH: withHostPrograms(folder, searchPath) };
}

async function started(
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  isShown: (() => boolean) | null = null,
): Promise<CommandEnd> {
  try {
    return await runCommand(command, environment, isShown);
  } catch (cause) {
    throw cannotStart(command[0] ?? "", cause);
  }
}

async function conclude(
  config: Config,
  { sources, notices }: ProbedSources,
  report: AgentReport,
): Promise<Omit<CoverResult, "end" | "verdicts"> & Pick<AnalysedFiles, "digests">> {
  const { cwd: root, linesOnly, jobs } = config;
  const options = { root, linesOnly, jobs, cache: openAnalysisCache(root) };
  const counts = isUntestedCounted(config);
  const { coverage, digests, notices: more } = await analyseProbed(sources, report, counts, options);
  return {
    results: [],
    coverage,
    digests,
    profile: config.profile === null ? null : withSourceNames(report.profile),
    notices: [...notices, ...more, ...agentNotices(root, [report], sources)],
    interrupted: false,
    notRun: 0,
    selected: 1,
    // A command that has to do with none of the project's files says nothing about them.
    kept: report.probes.size > 0 || report.lines.size > 0,
  };
}
