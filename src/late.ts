/** What not every command needs of the library: each is loaded, with all that it needs, when it is called. */

import type * as ordering from "./api/alone.js";
import type * as asking from "./api/asking.js";
import type * as covering from "./api/cover.js";
import type * as executing from "./api/exec.js";
import type * as listing from "./api/listing.js";
import type * as looking from "./api/looking.js";
import type * as mutating from "./api/mutating.js";
import type * as profiling from "./api/profiling.js";
import type * as watching from "./api/watch.js";
import type { DebugPort, DebugTerminal, EditorPort } from "./debug/program.js";
import type * as configuring from "./project/writeConfiguration.js";
import type * as mutationReporting from "./report/mutation/writeMutation.js";
import type * as reporting from "./report/profile/writeProfile.js";
import type { Config, DebugRequest, ListenRequest } from "./types.js";

/**
 * Runs any command, and measures what the Lua programs cover that it starts, in the Luas that they run in. Throws USAGE
 * for a command that cannot be started, CONFIG, UNKNOWN_REPORTER and NOT_WRITABLE.
 */
export const cover: typeof covering.cover = async (...request) =>
  (await import("./api/cover.js")).cover(...request);

/**
 * A debugger in the terminal of this process, or by commands from a pipe, for `debug` of a configuration. `onQuit` hears that the user
 * wants no program any more. Throws USAGE for a breakpoint that can be nowhere, NOT_WRITABLE for the log, and CONFIG beside a sandbox.
 */
export const openTerminal = async (
  config: Pick<Config, "sandbox">,
  request: DebugRequest,
  onQuit: () => void,
): Promise<DebugTerminal> => (await import("./api/debug/terminal.js")).openTerminal(config, request, onQuit);

/** Runs one Lua program and measures what it covers, with the Lua programs that it starts by `arg[-1]`. */
export const exec: typeof executing.exec = async (...request) =>
  (await import("./api/exec.js")).exec(...request);

/**
 * Runs test files, or scripts, and finds out where their time goes; of what they cover nothing is measured. Throws as `run` does,
 * and CONFIG where fengari's memory is asked for.
 */
export const profile: typeof profiling.profile = async (...request) =>
  (await import("./api/profiling.js")).profile(...request);

/** The projects of a configuration that names and globs choose, as `projects` of what comes back; one alone becomes the configuration. Throws USAGE. */
export const chooseProjects = async (config: Config, patterns: readonly string[]): Promise<Config> =>
  (await import("./api/projects.js")).chooseProjects(config, patterns);

/** The configuration of each project as a run has it, and whether there are tests to run by it. */
export const projectsIn = async (config: Config) => (await import("./api/projects.js")).projectsIn(config);

/** The tests that a run would run. Throws as `run` does. */
export const listTests: typeof listing.listTests = async (...request) =>
  (await import("./api/listing.js")).listTests(...request);

/** Says what a project is, what of it would not run here, and what its configuration should say. Throws CONFIG. */
export const lookAtProject: typeof looking.lookAtProject = async (...request) =>
  (await import("./api/looking.js")).lookAtProject(...request);

/** Writes a configuration where there is none. Throws NOT_WRITABLE, also where its name is taken. */
export const writeConfiguration = async (
  ...request: Parameters<typeof configuring.writeConfiguration>
): Promise<void> => (await import("./project/writeConfiguration.js")).writeConfiguration(...request);

/** The full names of specs, by the texts of the test files that a run finds; none where there is none. */
export const knownSpecs: typeof listing.knownSpecs = async () =>
  (await import("./api/listing.js")).knownSpecs();

/** Runs test files, then after each change those that it touches, until an abort. Throws as `run` does, at the start alone. */
export const watch: typeof watching.watch = async (...request) =>
  (await import("./api/watch.js")).watch(...request);

/**
 * Writes a profile as the configuration says: files below `reportDir`, the table to standard output. Throws NOT_WRITABLE, and
 * UNKNOWN_REPORTER for a drawing where there is no `dot`.
 */
export const writeProfile = async (...request: Parameters<typeof reporting.writeProfile>): Promise<void> =>
  (await import("./report/profile/writeProfile.js")).writeProfile(...request);

/** Serves the editor that has started this process, in the Debug Adapter Protocol. Resolves to the exit code. */
export const serveEditor = async (): Promise<number> =>
  (await import("./api/debug/adapter.js")).serveEditor(process.stdin, process.stdout);

/**
 * Lets editors join what runs in this process, for `debug` of a configuration, and leave it. `onQuit` hears that an editor wants no
 * program any more. Throws DEBUG for a port that is not to be had, and CONFIG beside a sandbox.
 */
export const openDebugPort = async (
  config: Pick<Config, "sandbox">,
  request: ListenRequest,
  onQuit: () => void,
): Promise<DebugPort> => (await import("./api/debug/adapter.js")).openDebugPort(config, request, onQuit);

/** Serves editors on a port of this machine, until the process ends. Throws DEBUG for a port that is not to be had. */
export const listenForEditors = async (
  port: number,
  onListening: (listening: EditorPort) => void,
): Promise<void> => (await import("./api/debug/adapter.js")).listenForEditors(port, onListening);

/** Which tests run lines (`FILE:LINE`), functions (`FILE:NAME`, `NAME`) or sources. Throws NO_COVERAGE and BAD_COVERAGE_FILE. */
export const whoRuns = async (
  ...request: Parameters<typeof asking.whoRuns>
): Promise<ReturnType<typeof asking.whoRuns>> => (await import("./api/asking.js")).whoRuns(...request);

/** The mutants that a run would try, without running anything. Throws USAGE and GIT. */
export const listMutants: typeof mutating.listMutants = async (...request) =>
  (await import("./api/mutating.js")).listMutants(...request);

/**
 * Runs each mutant of some sources against the tests that cover its place, in copies of the project. Throws USAGE for what names no
 * source, NO_TESTS where tests fail without a mutant, CONFIG for a Lua that nothing confines, GIT and NOT_WRITABLE.
 */
export const mutate: typeof mutating.mutate = async (...request) =>
  (await import("./api/mutating.js")).mutate(...request);

/** What mutants have come to, as Stryker's schema describes it. */
export const mutationReport = async (
  ...request: Parameters<typeof mutationReporting.mutationReport>
): Promise<ReturnType<typeof mutationReporting.mutationReport>> =>
  (await import("./report/mutation/writeMutation.js")).mutationReport(...request);

/** Writes what mutants have come to, as the configuration says: files below `reportDir`, the text to standard output. Throws NOT_WRITABLE. */
export const writeMutation = async (
  ...request: Parameters<typeof mutationReporting.writeMutation>
): Promise<void> => (await import("./report/mutation/writeMutation.js")).writeMutation(...request);

/** What each test covers of sources, by default of all, and what it alone does. Throws NO_COVERAGE and BAD_COVERAGE_FILE. */
export const sharesOfTests = async (
  ...request: Parameters<typeof asking.sharesOfTests>
): Promise<ReturnType<typeof asking.sharesOfTests>> =>
  (await import("./api/asking.js")).sharesOfTests(...request);

/**
 * Runs tests in order, then each by itself, and says of which the result, or what they cover, depends on others of their file. Nothing is
 * kept. Throws as `run` does.
 */
export const testsAlone: typeof ordering.testsAlone = async (...request) =>
  (await import("./api/alone.js")).testsAlone(...request);

/** Whether all of these are sources of which it is known what tests cover. */
export const areKnownSources = async (
  ...request: Parameters<typeof asking.areKnownSources>
): Promise<boolean> => (await import("./api/asking.js")).areKnownSources(...request);
