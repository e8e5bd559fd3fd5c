import type { ProfileRequest } from "../config.js";
import type { Accesses } from "../hits/accesses.js";
import type { Hits } from "../hits/hits.js";
import type { TraceRequest } from "../trace.js";
import type { Scope } from "./plan.js";
import type { TestResult } from "./testResult.js";

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
      readonly style: "spec" | "luaunit" | "busted";
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
  /** The value of package.path; for a Lua of the user's, what comes before its own. */
  readonly packagePath: string;
  /** For a Lua of the user's, what comes before its own package.cpath. */
  readonly cpath?: string;
  /** Files, as Lua names them, by the modules that `require` is to find in them before it looks along its path. */
  readonly modules?: Readonly<Record<string, string>>;
  /** The folder outside of which the program may write nothing; null for no sandbox. */
  readonly sandbox?: string | null;
  /** Variables beside those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A command that runs Lua files; its words end at arg[-1]. */
  readonly interpreter?: readonly string[];
  /** Whether `require` finds our own assertions where nobody else's are on the path. */
  readonly bundled?: boolean;
  /** How many instructions of Lua it may execute; absent for as many as it likes. */
  readonly maxInstructions?: number;
}

/** What a test file is written for: busted's describe and it, LuaUnit, or nothing, when the file is the test. */
export type Style = "spec" | "luaunit" | "script";

/** A test file as one of a run. */
export interface TestFile {
  readonly style: Style;
  /** Which of the repetitions of the suite it belongs to, from 1. */
  readonly round: number;
  /** By which of the user's Luas it runs, as they name it; null for the embedded one. */
  readonly lua: string | null;
}

/** A Lua program to run and measure; plain data that travels to a worker. */
export interface Job {
  readonly program: Program;
  readonly scope: Scope;
  /** Null for a program that is no test. */
  readonly test: TestFile | null;
  /** How it is to be found out where its time goes; absent or null for not at all. */
  readonly profile?: ProfileRequest | null;
  /** Whether it is to be told what each test covers. */
  readonly byTest?: boolean;
  /** Whether it is to be told what the program asks of the system. */
  readonly tellsAccesses?: boolean;
  /** What is shown of it as it runs; absent or null for nothing. */
  readonly trace?: TraceRequest | null;
  /**
   * How long it may take, in seconds, where that is another time than what its executor lets jobs have: the processor's in an embedded
   * Lua, whose process must be for this job alone, else the clock's.
   */
  readonly timeout?: number;
  /** Whether an embedded Lua is to begin as it does for any other job, without a random seed; absent for as it does by itself. */
  readonly isRepeatable?: boolean;
  /** In which of the Luas that are no fengari a program runs that is no test; absent for fengari. */
  readonly lua?: string;
}

/** How a program ended. */
export type Exit =
  | { readonly kind: "returned" }
  | { readonly kind: "exited"; readonly code: number }
  /** `shown`: the program has written that to standard error itself, as `lua` does. */
  | {
      readonly kind: "failed";
      readonly message: string;
      readonly traceback: string;
      readonly shown?: boolean;
    }
  | { readonly kind: "interrupted" }
  /** `place` is the file and line that was running; `levels` is how many calls were under way, where that is known. */
  | {
      readonly kind: "timed out" | "out of memory";
      readonly place: string;
      readonly traceback: string;
      readonly levels?: number;
    }
  /** `limit` is how many it was allowed. */
  | {
      readonly kind: "out of instructions";
      readonly place: string;
      readonly traceback: string;
      readonly limit: number;
    };

/** What a job leaves behind. */
export interface Outcome {
  readonly exit: Exit;
  readonly file: string;
  readonly round: number;
  readonly lua: string | null;
  /** In milliseconds. */
  readonly duration: number;
  /** In the order in which the tests ended. */
  readonly results: readonly TestResult[];
  readonly hits: Hits;
  /** Files that the program loaded, absolute and real. */
  readonly loaded: readonly string[];
  /** What the names of its other chunks would be as files, and are not. */
  readonly notFiles: readonly string[];
  /** Files of the project that the program looked for and did not run: they are absent, or no Lua. */
  readonly unloaded: readonly string[];
  /** What the program relied on and the embedded Lua does not have, in words. */
  readonly limits: readonly string[];
  readonly interrupted: boolean;
  /** Absent where nobody has asked for them, or they are not known. */
  readonly accesses?: Accesses;
}
