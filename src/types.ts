import type { FileCoverageData as IstanbulFileCoverageData } from "istanbul-lib-coverage";

/** Istanbul's coverage of one file, with the optional keys that its published types leave out. */
export interface FileCoverageData extends IstanbulFileCoverageData {
  /** True for a file that was never loaded. */
  all?: boolean;
  /** Like `b`, how often each operand of a chain was true (istanbul-lib-coverage's reportLogic). */
  bT?: Record<string, number[]>;
}

/** An Istanbul coverage map as plain data, by absolute path. */
export type CoverageMapData = Record<string, FileCoverageData>;

// --- what could run: a compiled chunk as plain data -------------------------------------------------------

/**
 * What an instruction is for control flow: a `test` or a `loop` decides between two ways on, a `jump` always
 * jumps, `nil` sets locals to nil (the compiler merges neighbours of this kind).
 */
export type InstructionKind = "test" | "loop" | "jump" | "nil" | "other";

/** The two ways on from an instruction that decides. */
export interface Decision {
  /** The next pc when it falls through: past the jump that belongs to a test, or out of a loop. */
  readonly fell: number;
  /** The next pc when it jumps: into the body, for a loop. */
  readonly jumped: number;
  /** Whether it jumps when what it tests is true (a comparison holds, a value is truthy); loops: always true. */
  readonly jumpsIf: boolean;
}

/** One Lua function as compiled. Arrays are indexed by pc, from 0. */
export interface Proto {
  /** The first line of the function, 0 for a main chunk. */
  readonly lineDefined: number;
  readonly lastLineDefined: number;
  /** The source line of each instruction. */
  readonly lines: readonly number[];
  /** The instructions themselves, to see that two texts compile to the same code. */
  readonly code: readonly number[];
  readonly kinds: readonly InstructionKind[];
  /** Where control can go after each instruction, calls and errors aside. */
  readonly successors: readonly (readonly number[])[];
  /** For a test or a loop instruction its two ways on, else undefined. */
  readonly decisions: readonly (Decision | undefined)[];
}

/** A compiled chunk: its functions in preorder of their nesting, the main function first. */
export interface Chunk {
  /** A digest of all instructions and their lines: two texts with the same shape have the same counters. */
  readonly shape: string;
  readonly protos: readonly Proto[];
}

// --- what ran: raw counters ---------------------------------------------------------------------------------

/** Counters of one function's instructions, by pc. */
export interface InstructionHits {
  /** How often each instruction began. */
  readonly counts: readonly number[];
  /** How often an instruction that decides fell through, and how often it jumped. */
  readonly fell: readonly number[];
  readonly jumped: readonly number[];
}

/** Raw counters of one chunk. Merging two of the same shape is plain addition. */
export interface ChunkHits {
  /** Visits of the line hook by line number; LuaCov's hits. Index 0 is unused. */
  readonly lines: readonly number[];
  /** Calls of each function, by its index in `Chunk.protos`. */
  readonly calls: readonly number[];
  /** By the function's index; empty when only lines were measured. */
  readonly instructions: readonly InstructionHits[];
}

/** Counters by absolute path, then by shape, since one path may have been loaded with different texts. */
export type Hits = Readonly<Record<string, Readonly<Record<string, ChunkHits>>>>;

// --- which files -----------------------------------------------------------------------------------------------

/** Whether a file's coverage is measured, and why (or why not), in words. */
export interface Verdict {
  readonly measured: boolean;
  readonly reason: string;
}

/** Everything that decides a verdict. Paths are absolute and real; patterns are globs relative to the root. */
export interface Scope {
  readonly root: string;
  readonly tests: readonly string[];
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly extension: readonly string[];
}

/** Which part of a suite ran, from 1, and by which cut: a digest of all parts. */
export interface Shard {
  readonly index: number;
  readonly count: number;
  readonly cut: string;
}

/** What a run is about: the test files to execute and the sources that count although nothing loads them. */
export interface Plan {
  readonly tests: readonly string[];
  readonly sources: readonly string[];
  readonly scope: Scope;
}

// --- running ---------------------------------------------------------------------------------------------------

/** What `lua` does in turn: `-e`, `-l`, a script, or standard input. */
export type Step =
  | { readonly kind: "text"; readonly text: string; readonly name: string }
  | { readonly kind: "require"; readonly module: string }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "script"; readonly file: string }
  | { readonly kind: "stdin" }
  /** Runs the tests of a file by a runner of ours. */
  | {
      readonly kind: "tests";
      readonly style: "spec" | "luaunit";
      readonly file: string;
      readonly settings: Settings;
    };

/** Options of a runner, as its Lua side gets them in a table; what is null is absent there. */
export type Settings = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** One Lua program for an engine: a file and its surroundings. */
export interface Program {
  /** As Lua sees it: the chunk name without "@", and arg[0]. */
  readonly file: string;
  /** What to run, by default `file` as a script. The arguments go to a script and to standard input. */
  readonly steps?: readonly Step[];
  readonly args: readonly string[];
  /** The value of package.path. */
  readonly packagePath: string;
  /** The folder outside of which the program may write nothing; null for no sandbox. */
  readonly sandbox?: string | null;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A command that runs Lua files; its words end at arg[-1]. */
  readonly interpreter?: readonly string[];
  /** Whether `require` finds our own assertions where nobody else's are on the path. */
  readonly bundled?: boolean;
}

/** What a test file is written for: busted's describe and it, LuaUnit, or nothing, when the file is the test. */
export type Style = "spec" | "luaunit" | "script";

/** A test file as one of a run. */
export interface TestFile {
  readonly style: Style;
  /** Which of the repetitions of the suite it belongs to, from 1. */
  readonly round: number;
}

/** A Lua program to run and measure; plain data that travels to a worker. */
export interface Job {
  readonly program: Program;
  readonly scope: Scope;
  /** Measure lines and functions alone, without instruction counters. */
  readonly linesOnly: boolean;
  /** Null for a program that is no test. */
  readonly test: TestFile | null;
}

/** How a program ended. */
export type Exit =
  | { readonly kind: "returned" }
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "failed"; readonly message: string; readonly traceback: string }
  | { readonly kind: "interrupted" }
  /** `place` is the file and line that was running. */
  | { readonly kind: "timed out" | "out of memory"; readonly place: string; readonly traceback: string };

/** A line of a file that is named as the program named it. Lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** In busted's words: a failure is an assertion that did not hold, an error anything else. */
export type Status = "success" | "failure" | "error" | "pending";

/** What a program says of one of its tests. */
export interface TestReport {
  /** The names of the blocks around the test, then its own; empty when the file itself is meant. */
  readonly names: readonly string[];
  /** busted's word for what has this status: `it`, or what failed outside of the tests (`setup`, `file`, …). */
  readonly descriptor: string;
  readonly status: Status;
  /** In milliseconds. */
  readonly duration: number;
  /** What went wrong, or why it is pending; else empty. */
  readonly message: string;
  readonly traceback: string;
  /** Where the test is written. */
  readonly place: Place | null;
  /** Where it went wrong. */
  readonly failedAt: Place | null;
}

/** The result of one test. */
export interface TestResult extends TestReport {
  /** The test file, as a person in the current folder would name it. */
  readonly file: string;
  /** Which of the repetitions of the suite this is, from 1. */
  readonly round: number;
  /** How often it ran until it had this status. */
  readonly attempts: number;
  /** The source around `failedAt`, with its line marked; empty when there is none. */
  readonly excerpt: string;
}

/** What a program wrote to a standard stream. */
export interface Output {
  readonly stream: "stdout" | "stderr";
  readonly bytes: Uint8Array;
}

/** What a job leaves behind. */
export interface Outcome {
  readonly exit: Exit;
  readonly file: string;
  readonly round: number;
  /** In milliseconds. */
  readonly duration: number;
  /** In the order in which the tests ended. */
  readonly results: readonly TestResult[];
  readonly hits: Hits;
  /** Verdicts of the chunks that the program loaded from files, by path. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** What the program relied on and the embedded Lua does not have, in words. */
  readonly limits: readonly string[];
  readonly interrupted: boolean;
}

/** How many tests have which status. */
export type Totals = Readonly<Record<Status, number>>;

/**
 * What test reporters hear. All but `progress` come in an order that does not depend on the number of workers:
 * file by file, and of each file its start, what it writes and its tests as they end, and its end.
 */
export type TestEvent =
  /** `files` are as named in results; `seed` is that of a shuffled run, else null. */
  | {
      readonly kind: "run start";
      readonly files: readonly string[];
      readonly rounds: number;
      readonly seed: number | null;
    }
  | { readonly kind: "file start"; readonly file: string; readonly round: number }
  | { readonly kind: "output"; readonly file: string; readonly round: number; readonly output: Output }
  | { readonly kind: "test"; readonly result: TestResult }
  | {
      readonly kind: "file end";
      readonly file: string;
      readonly round: number;
      readonly duration: number;
    }
  /** As it happens: how many of all files have ended, the tests in them so far, and the files that run now. */
  | {
      readonly kind: "progress";
      readonly ended: number;
      readonly files: number;
      readonly totals: Totals;
      readonly running: readonly string[];
    }
  /** `duration` in milliseconds; `totals` of all results; `notRun`: how many files an early end has left out. */
  | {
      readonly kind: "run end";
      readonly duration: number;
      readonly totals: Totals;
      readonly interrupted: boolean;
      readonly notRun: number;
    };

/** What prints or writes test results. The run waits for a promise that it returns. */
export type TestReporter = (event: TestEvent) => void | Promise<void>;

/** What a test reporter is made with. */
export interface TestReporterContext {
  /** The project root. */
  readonly root: string;
  /** Writes to the file that was asked for, else to standard output. */
  readonly write: (chunk: string | Uint8Array) => void;
  /** Writes to standard error, or to the file that was asked for. */
  readonly writeError: (chunk: string | Uint8Array) => void;
  /** Whether what is written may have colours. */
  readonly colors: boolean;
  /** The terminal that `write` writes to, if what stands there may be drawn over; else null. */
  readonly terminal: { readonly columns: number } | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Makes a test reporter for one run; what a module of a user's own exports by default. */
export type TestReporterFactory = (context: TestReporterContext) => TestReporter | Promise<TestReporter>;

// --- coverage ---------------------------------------------------------------------------------------------------

export type Metric = "lines" | "functions" | "statements" | "branches";

/** Percentages below which a run fails, from 0 to 100. */
export type Thresholds = Readonly<Record<Metric, number>>;

/** Percentages at which colours change: below the first is low, from the second on is high. */
export type Watermarks = Readonly<Record<Metric, [low: number, high: number]>>;

/** A threshold that was missed; `file` is null for the total of all files. */
export interface Violation {
  readonly metric: Metric;
  readonly actual: number;
  readonly threshold: number;
  readonly file: string | null;
}

/** Something a user should know, about one file or the run; a problem fails the run. */
export interface Notice {
  readonly level: "information" | "warning" | "problem";
  readonly file: string;
  readonly message: string;
}

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
}

/** The options of a run: every one present, every path absolute. */
export interface Config {
  /** The project root. */
  readonly cwd: string;
  /** The keys of the options that somebody has set: what is found elsewhere does not override them. */
  readonly given: readonly string[];
  readonly all: boolean;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly extension: readonly string[];
  /** Measure lines and functions alone: cheaper, and no branches. */
  readonly linesOnly: boolean;
  /** Run programs without write access outside the project, and without starting others. */
  readonly sandbox: boolean;
  /** How long one test file may run, in seconds; 0 for as long as it likes. */
  readonly timeout: number;
  /** How much memory a test file's program may take, in MB; 0 for what Node gives it. */
  readonly maxMemory: number;
  /** What test files are written for; `auto` for what each of them looks like. */
  readonly style: "auto" | Style;
  /** Templates put before package.path, as in LUA_PATH. */
  readonly luaPath: readonly string[];
  /** Test reporters: a name or a module's path, and "=FILE" for one that writes to a file. */
  readonly testReporter: readonly string[];
  /** busted's configuration; null for `.busted` in the project root, if it is there. */
  readonly configFile: string | null;
  /** The task of busted's configuration; null for its default. */
  readonly run: string | null;
  /** How often the whole suite runs. */
  readonly repeat: number;
  readonly shuffle: boolean;
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
  readonly reporter: readonly string[];
  readonly reportDir: string;
  readonly tempDir: string;
  readonly clean: boolean;
  readonly checkCoverage: boolean;
  readonly thresholds: Thresholds;
  readonly perFile: boolean;
  readonly watermarks: Watermarks;
  readonly skipFull: boolean;
  readonly skipEmpty: boolean;
}

/** What a run found out. */
export interface RunResult {
  readonly results: readonly TestResult[];
  readonly coverage: CoverageMapData;
  readonly notices: readonly Notice[];
  /** Verdicts of every file that was loaded or looked at, by path. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** True when the run was stopped before its end. */
  readonly interrupted: boolean;
  /** How many test files there were to run; fewer than match with `shard` and `rerunFailed`, perhaps none. */
  readonly selected: number;
  /** How many test files did not run, after an interruption or the last failure that `bail` allows. */
  readonly notRun: number;
}
