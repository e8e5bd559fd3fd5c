import type { DebugFrontEnd } from "../debug/program.js";
import type { MutatorName } from "../mutation/mutatorNames.js";
import type { GlobThresholds, Thresholds, Watermarks } from "./coverageMap.js";
import type { LuacovSettings } from "./luacov.js";
import type { MutationReporterName } from "./mutation.js";
import type { ProfileReportOptions } from "./profileReport.js";
import type { TestProject } from "./project.js";
import type { Style } from "./tests/job.js";
import type { Notice } from "./tests/runResult.js";
import type { TraceRequest } from "./trace.js";

/** Which specs run and how; busted's options of these names. */
export interface SpecOptions {
  readonly tags: readonly string[];
  readonly excludeTags: readonly string[];
  /** Lua patterns. */
  readonly filter: readonly string[];
  readonly filterOut: readonly string[];
  /** Full names. */
  readonly name: readonly string[];
  readonly sort: boolean;
  readonly lazy: boolean;
  /** A Lua file or the name of a module; null for none. */
  readonly helper: string | null;
  readonly helperArgs: readonly string[];
  readonly suppressPending: boolean;
  /** busted's configuration, where running it changes more than the settings in it; null otherwise. */
  readonly prelude: string | null;
}

/**
 * How programs are looked at that are to tell where their time goes: now and then; at each call and return; or so, with what each
 * function allocates. The last two cost more.
 */
export type ProfileMode = "sampling" | "exact" | "memory";

/** What is to be found out about where the time goes. */
export interface ProfileRequest {
  readonly mode: ProfileMode;
  /** Whether each test is told by itself, with its calls. */
  readonly perTest: boolean;
}

/** A reporter of coverage by name, or by the name or path of a module, and the options that it is made with. */
export type ReporterEntry =
  | string
  | readonly [name: string, options?: Readonly<Record<string, unknown>> | undefined];

/** Where a key of a configuration is written, and how it is spelt there. */
export interface SettingPlace {
  readonly file: string;
  readonly key: string;
  /** The key of a package.json that it is written in; null where the file is all configuration. */
  readonly within?: string | null;
}

/** The options of a run: every one present, every path absolute. */
export interface Config extends ProfileReportOptions {
  /** The project root. */
  readonly cwd: string;
  /** The package.json whose folder is the root where nobody has said so, and that is not the current one; else null. */
  readonly rootFrom: string | null;
  /** The keys of the options that somebody has set: what is found elsewhere does not override them. */
  readonly given: readonly string[];
  /** Whether coverage is measured. */
  readonly coverage: boolean;
  readonly all: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly extension: readonly string[];
  /** Whether it is kept what each test covers. */
  readonly byTest: boolean;
  /** Leave branches out of the coverage. */
  readonly linesOnly: boolean;
  /** Run programs without write access outside the project, and without starting others. */
  readonly sandbox: boolean;
  /** How long one test file may run, in seconds; 0 for as long as it likes. */
  readonly timeout: number;
  /** How much memory a test file's program may take, in MB; 0 for what Node gives it. */
  readonly maxMemory: number;
  /** How many instructions of Lua one test file may execute; 0 for as many as it likes. */
  readonly maxInstructions: number;
  /** Lua patterns of the names of test files in folders; none for the usual ones. */
  readonly pattern: readonly string[];
  readonly excludePattern: readonly string[];
  /** Whether test files are looked for in the folders of a folder. */
  readonly recursive: boolean;
  /** Whether it is no failure that there is nothing to run. */
  readonly passWithNoTests: boolean;
  /** What test files are written for; `auto` for what each of them looks like. */
  readonly style: "auto" | Style;
  /** What runs the tests: our own runner of specs, or for all test files what the user has installed. */
  readonly framework: "luacov-ts" | "busted" | "luaunit";
  /** The Luas that tests run in: commands of the user's, and `fengari` for the embedded one, which none stands for, too. */
  readonly lua: readonly string[];
  /** How the programs of a Lua of the user's are measured: by probes in copies of the sources, or by lines with Lua's debug hook. */
  readonly collector: "probes" | "hook";
  /** What is to be found out about where the time goes; null for nothing. */
  readonly profile: ProfileRequest | null;
  /** How that is done where somebody asks for it. */
  readonly profileMode: ProfileMode;
  readonly perTest: boolean;
  /** What is shown of one program as it runs; null for nothing. */
  readonly trace: TraceRequest | null;
  /** Shows each program in a debugger, one at a time and without limits of time; null for none. */
  readonly debug: DebugFrontEnd | null;
  /** The root of whose projects this is one, to which belongs what is kept; null where it is no project of another's. */
  readonly partOf: string | null;
  /** Sets of options by which one run tests; none for this configuration alone. */
  readonly projects: readonly TestProject[];
  /** Which files are tests where nobody names them, as globs below the root; empty for those in the usual folders. */
  readonly tests: readonly string[];
  /** Runs before each test file. */
  readonly setup: string | null;
  /** Templates put before package.path, as in LUA_PATH. */
  readonly luaPath: readonly string[];
  /** The same of package.cpath in a Lua of the user's, as in LUA_CPATH. */
  readonly luaCpath: readonly string[];
  /** Lua files below the root by the modules as which the project's rockspec installs them; none before it is read. */
  readonly modules: Readonly<Record<string, string>>;
  /** Test reporters: a name or a module's path, and "=FILE" for one that writes to a file. */
  readonly testReporter: readonly string[];
  /** busted's configuration; null for `.busted` in the project root, if it is there. */
  readonly configFile: string | null;
  /** The task of busted's configuration; null for its default. */
  readonly run: string | null;
  /** How often the whole suite runs. */
  readonly repeat: number;
  readonly shuffleFiles: boolean;
  readonly shuffleTests: boolean;
  /** What the random order comes from; null for another one in each run. */
  readonly seed: number | null;
  readonly specs: SpecOptions;
  /** How many test files run at the same time. */
  readonly jobs: number;
  /** After how many failed tests a run stops; 0 for never. */
  readonly bail: number;
  /** How often a test file with a failed test is run again. */
  readonly retry: number;
  /** Which part of the test files to run, from 1, of how many; null for all of them. */
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** The file with times and failures of the last run. */
  readonly testRecord: string;
  readonly reporter: readonly ReporterEntry[];
  /** The coverage that reports compare with: a map, or a folder of such; null for none. */
  readonly baseCoverage: string | null;
  /** Stats files of LuaCov's, absolute, that count beside the coverage maps of runs. */
  readonly stats: readonly string[];
  /** What a configuration of LuaCov's says that has no option of ours; null for none. */
  readonly luacov: LuacovSettings | null;
  /** What is to be said, once, of that configuration, and of files that do not count. */
  readonly configurationNotices: readonly Notice[];
  /** Whether Lua that has a source map is reported as what it was compiled from. */
  readonly sourceMap: boolean;
  readonly reportDir: string;
  readonly open: boolean;
  readonly tempDir: string;
  readonly clean: boolean;
  readonly checkCoverage: boolean;
  readonly thresholds: Thresholds;
  readonly globThresholds: readonly GlobThresholds[];
  readonly perFile: boolean;
  /** The commit, branch or tag since which the change counts; null for none. */
  readonly since: string | null;
  readonly changeThresholds: Pick<Thresholds, "lines" | "branches">;
  /** Write better figures into the configuration as its thresholds. */
  readonly autoUpdate: boolean;
  /** Where thresholds are written down, by key: a file and how it spells the key. */
  readonly thresholdsFrom: Readonly<Record<string, SettingPlace>>;
  /** The configuration file that names the Luas; null for none. */
  readonly luaFrom: string | null;
  readonly watermarks: Watermarks;
  /** The kinds of mutants; none for all. */
  readonly mutators: readonly MutatorName[];
  /** The least mutation score, in percent; 0 for any. */
  readonly mutationScore: number;
  readonly mutationReporter: readonly MutationReporterName[];
  readonly skipFull: boolean;
  readonly skipEmpty: boolean;
}
