import path from "node:path";
import { noSuchScript, usage } from "../errors.js";
import { isFile } from "../files/files.js";
import {
  agentFile,
  type Config,
  createTestReporter,
  type ExecResult,
  keptProfile,
  loadConfig,
  nativeCommand,
  removeStats,
  run,
  type WatchRequest,
  watch,
  writeProfile,
} from "../index.js";
import type { CommandLine } from "./arguments/flags.js";
import { coverCommand } from "./cover.js";
import { checkThresholds, collectOriginals, reportCoverage, reportProgram } from "./coverage.js";
import { asDebug, withDebugger } from "./debug/debug.js";
import { execLua } from "./exec.js";
import { noticeText } from "./print.js";
import { asProfile, reportProfile } from "./profile.js";
import { ofProjects } from "./projects.js";
import type { Interrupt } from "./signals.js";
import { annotateFiles } from "./stored/annotate.js";
import { joinShards, mergeFolder } from "./stored/merge.js";
import { conclude } from "./testRuns/conclude.js";
import { withoutTests } from "./testRuns/noTests.js";
import { quietened } from "./testRuns/quiet.js";
import { asTrace, withTrace } from "./trace.js";

type Command = (config: Config, operands: readonly string[]) => number | Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  report: async (config, operands) => {
    refuse(operands, "report");
    if (config.profile !== null) await writeProfile(config, keptProfile(config));
    if (!config.coverage) return 0;
    const { coverage, lineCounts, isDoubtful } = await collectOriginals(config);
    const code = reportCoverage(config, coverage, !isDoubtful, lineCounts);
    removeStats(config);
    joinShards(config, config.tempDir);
    return code;
  },
  "check-coverage": async (config, operands) => {
    refuse(operands, "check-coverage");
    const { coverage, isDoubtful } = await collectOriginals(config);
    return checkThresholds({ ...config, checkCoverage: true }, coverage, !isDoubtful);
  },
  annotate: async (config, operands) => {
    const { coverage } = await collectOriginals(config);
    return annotateFiles(config, operands, coverage, config.profile === null ? null : keptProfile(config));
  },
};

/** Does what a command line asks for and returns the exit code. */
export async function execute(given: CommandLine): Promise<number> {
  const commandLine = asRun(given);
  const { positionals } = commandLine;
  if (positionals[0] === "agent") return printAgent(positionals.slice(1));
  const config = withTrace(await configOf(commandLine), commandLine);
  return withDebugger(config, commandLine, (debugged, interrupt) => runAs(debugged, commandLine, interrupt));
}

/** What a command line asks for, by a configuration. */
async function runAs(config: Config, commandLine: CommandLine, interrupt: Interrupt): Promise<number> {
  const { positionals, lua, debugFiles } = commandLine;
  if (commandLine.command !== null) {
    return coverCommand(config, { command: commandLine.command }, debugFiles, (result) =>
      reportProgram(config, result, result.end.code === 0),
    );
  }
  if (lua !== null) {
    if (positionals[0] === "run") requireScript(lua[0] ?? "");
    const native = nativeCommand(config);
    if (native !== null) {
      const program = { command: [...native, ...lua], isProgram: true, file: lua[0] ?? "" };
      // A debugger hears Ctrl-C; without one, the program does.
      interrupt.hear(config.debug !== null);
      return coverCommand(config, program, debugFiles, (result) =>
        reportProgram(config, result, result.end.code === 0),
      );
    }
    const report = (result: ExecResult) => {
      const { exit } = result;
      const succeeded = exit.kind === "returned" || (exit.kind === "exited" && exit.code === 0);
      return reportProgram(config, result, succeeded);
    };
    return execLua(config, lua, debugFiles, report, interrupt);
  }
  const [name, ...operands] = positionals;
  if (name === "mutate") {
    const { mutateSources } = await import("./mutation/mutate.js");
    return mutateSources(config, operands, commandLine, interrupt);
  }
  const answered = await answer(config, commandLine);
  if (answered !== null) return answered;
  if (name === "merge") return mergeFolder(config, operands, commandLine.quiet);
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command(config, operands);
  return withoutTests(config, () => runTests(config, commandLine, interrupt));
}

/** Answers what is asked about tests and what they cover; null where nothing is. */
async function answer(
  config: Config,
  { positionals, json, alone, list }: CommandLine,
): Promise<number | null> {
  const [name, ...operands] = positionals;
  if (name === "who") return (await import("./byTest/who.js")).who(config, operands, json);
  if (name === "tests" && !alone) {
    const { asksForTests, testsOf } = await import("./byTest/tests.js");
    if (await asksForTests(config, positionals)) return testsOf(config, operands, json);
  }
  if (json && !alone && !list)
    throw usage(
      "--json is an option of doctor, who and mutate, of --alone and --list, and of tests, where there must be sources behind it if a folder is called tests (luacov-ts help tests)",
    );
  return null;
}

/** What runs in another way is that way of running. */
function asRun(given: CommandLine): CommandLine {
  const [command] = given.positionals;
  if (command === "profile") return asProfile(given);
  if (command === "debug") return asDebug(given);
  return command === "trace" ? asTrace(given) : given;
}

/** For hosts that do not read LUA_INIT. */
function printAgent(operands: readonly string[]): number {
  refuse(operands, "agent");
  console.log(agentFile);
  return 0;
}

async function configOf(commandLine: CommandLine): Promise<Config> {
  const { options, nycrcPath, quiet, projects } = commandLine;
  const config = await loadConfig({ ...options, ...(nycrcPath === undefined ? {} : { nycrcPath }) });
  const chosen = await ofProjects(config, projects, wayForOne(config, commandLine));
  return quiet ? quietened(chosen) : chosen;
}

/** What is asked for that is about one set of options; null for what may be about several. */
function wayForOne({ profile }: Config, { debug, trace, alone, positionals }: CommandLine): string | null {
  if (positionals[0] === "mutate") return "mutate";
  if (debug !== null) return "debug";
  if (trace !== null) return "trace";
  if (alone) return "--alone";
  return profile === null ? null : "a profile";
}

async function runTests(
  config: Config,
  command: CommandLine,
  { signal, hear, exitCode }: Interrupt,
): Promise<number> {
  const { positionals, args, rerunFailed, changed } = command;
  if (rerunFailed && changed !== false)
    throw usage("--changed runs what failed in the last run anyway, so it takes no --rerun-failed");
  const patterns = positionals.length === 0 ? {} : { patterns: positionals };
  const request = { ...patterns, args, rerunFailed, changed, signal, onPrograms: hear };
  if (command.alone) {
    const code = await (await import("./testRuns/alone.js")).alone(config, request, command);
    return signal.aborted ? exitCode() : code;
  }
  if (command.list) return (await import("./testRuns/list.js")).list(config, request, command.json);
  if (command.watch) {
    await watchTests(config, request, command, () => hear(true));
    return exitCode();
  }
  const onEvent = await createTestReporter(config);
  const result = await run(config, { ...request, onEvent, began: performance.timeOrigin });
  await reportProfile(config, result);
  const code = await conclude(config, result, command);
  return result.interrupted ? exitCode() : code;
}

type Watched = Pick<WatchRequest, "patterns" | "args" | "rerunFailed" | "changed" | "signal" | "onPrograms">;

async function watchTests(
  config: Config,
  request: Watched,
  command: CommandLine,
  onFree: () => void,
): Promise<void> {
  if (config.shard !== null) throw usage("--watch runs whatever a change touches, so it takes no --shard");
  await watch(config, {
    ...request,
    createReporter: createTestReporter,
    onResult: async (result, current) => {
      await reportProfile(current, result);
      await conclude(current, result, command);
    },
    reload: () => configOf(command),
    configurationFiles: command.nycrcPath === undefined ? [] : [path.resolve(command.nycrcPath)],
    onWait: (notices) => {
      onFree();
      for (const notice of notices) console.error(noticeText(notice));
      console.log("\nWaiting for changes; Ctrl-C ends.\n");
    },
  });
}

/** `exec` leaves it to Lua to say that; "-" is standard input. */
function requireScript(script: string): void {
  if (script !== "-" && !isFile(script)) throw noSuchScript(script, process.cwd());
}

function refuse(operands: readonly string[], command: string): void {
  if (operands.length > 0) throw usage(`${command} takes no operand, but was given "${operands.join(" ")}"`);
}
