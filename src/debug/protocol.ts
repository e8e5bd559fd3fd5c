/**
 * What the debugger in a program and what shows it say to each other: requests and replies, each a line. The words are those of the
 * Debug Adapter Protocol where it has them. All texts that come from a program are bytes, one to a character.
 */

/** Where to stop. `line` is from 1; `condition` is an expression in scope. */
export type Breakpoint = {
  /** Chosen by who sets it, and told when it is hit. */
  readonly id: number;
  /** Absolute, or as Lua names the chunk. */
  readonly file: string;
  /** Whether `file` is the name that messages have for a text that was loaded. */
  readonly isText?: boolean;
  readonly line: number;
  /** The line where the innermost function around it is defined, 0 for the main chunk: it stops at the next line there that can run. */
  readonly defined?: number;
  /** Where the first statement of that function begins in the text of the file, and that of its chunk, from 0; how long that text is, in bytes. */
  readonly entry?: { readonly chunk: number; readonly offset: number; readonly size: number };
  readonly condition?: string;
  /** Stops only from the so-manieth time on, if it stops then. */
  readonly hits?: number;
  /** Says this in place of stopping, with the values of `{expressions}` in it. */
  readonly log?: string;
  /** Is gone once it has stopped. */
  readonly isTemporary?: boolean;
};

/** What is watched: something new, or by its number alone what was told before. */
export type Watch = Pick<Breakpoint, "id" | "condition" | "hits"> & (Watched | object);

/**
 * An expression, looked at on each line of the frame in which it was set until that has returned; or a variable by a reference of this
 * stop, looked at on each line of the program.
 */
export type Watched =
  | ({ readonly expression: string } & InFrame)
  | { readonly reference: number; readonly name: string };

export type FunctionBreakpoint = Pick<Breakpoint, "id" | "condition" | "hits" | "isTemporary"> & {
  /** As tracebacks have it: `name`, or `table.name`. */
  readonly name: string;
};

/** What a breakpoint has become: its line is the one where it stops, null while no chunk of that file has been loaded. */
export interface BreakpointState {
  readonly id: number;
  readonly line: number | null;
  /** Why it cannot stop anywhere; null if it can, or nobody knows yet. */
  readonly problem: string | null;
}

/** When errors stop a program: those that nothing catches and failures of tests, or all. */
export type ErrorMode = "never" | "uncaught" | "always";

/** How a program goes on. */
export type Go =
  | { readonly kind: "continue" }
  /** The next line of a program's own, in whatever is called. */
  | { readonly kind: "in" }
  | { readonly kind: "over" }
  | { readonly kind: "out" }
  /** Until a coroutine yields, is resumed or ends. */
  | { readonly kind: "switch" }
  /** Until this line is reached, or the frame is left. */
  | { readonly kind: "until"; readonly file: string; readonly line: number };

export interface Frame {
  /** Of its coroutine, from 1 for the innermost one. */
  readonly index: number;
  /** As tracebacks have it: "function 'f'", "main chunk", "in ?"… */
  readonly name: string;
  /** As Lua names the chunk, without "@"; null for C, and for text that was loaded. */
  readonly file: string | null;
  /** The chunk as messages have it. */
  readonly source: string;
  /** 0 for none. */
  readonly line: number;
  readonly isTail: boolean;
  readonly isC: boolean;
}

/** A coroutine: 1 is the one that the program began in. */
export interface Thread {
  readonly id: number;
  readonly status: "running" | "suspended" | "normal" | "dead";
  readonly isCurrent: boolean;
  /** Where it is: a file and a line, or the name of a function of C. */
  readonly place: string;
}

export interface Value {
  readonly type: string;
  /** One line: `12`, `"text"`, `{1, 2, …} 300 entries`, `function 'f' <a.lua:3>`. */
  readonly text: string;
  /** With which its contents can be asked for, until the program goes on; 0 for what has none. */
  readonly reference: number;
  /** How many entries it has. */
  readonly count: number;
}

export interface Variable extends Value {
  readonly name: string;
  /** An expression that gives it: `config.servers[2].name`; "" where there is none. */
  readonly path: string;
  /** Whether one further in has the same name. */
  readonly isShadowed: boolean;
}

export interface Scope {
  readonly kind: "locals" | "varargs" | "upvalues" | "globals";
  readonly reference: number;
  readonly count: number;
}

/** Of a frame: `thread` and `frame` as they were told. */
export type InFrame = {
  readonly thread: number;
  readonly frame: number;
};

export type Command =
  | { readonly command: "go"; readonly go: Go }
  /** Goes on, and never stops again. */
  | { readonly command: "detach" }
  /** Ends the program, as os.exit does. */
  | { readonly command: "terminate" }
  /** In place of all that there were. */
  | {
      readonly command: "breakpoints";
      readonly lines: readonly Breakpoint[];
      readonly functions: readonly FunctionBreakpoint[];
    }
  | { readonly command: "errors"; readonly mode: ErrorMode }
  /** Patterns of Lua's for files in which no step ends. */
  | { readonly command: "skip"; readonly files: readonly string[] }
  /** What stops the program when it changes, in place of all that there was. */
  | { readonly command: "watch"; readonly expressions: readonly Watch[] }
  /** Whether a variable of a scope or a table can be watched. */
  | { readonly command: "watchable"; readonly reference: number; readonly name: string }
  | { readonly command: "threads" }
  /** Frames of a coroutine, from the so-manieth on. */
  | { readonly command: "frames"; readonly thread: number; readonly start: number; readonly count: number }
  | ({ readonly command: "scopes" } & InFrame)
  /** Of a scope or a value: the so-manieth ones in order, from 1. */
  | {
      readonly command: "variables";
      readonly reference: number;
      readonly start: number;
      readonly count: number;
    }
  /** An expression, of several values perhaps, or statements, which may assign. `depth` is how many levels of tables `shown` has. */
  | ({ readonly command: "evaluate"; readonly text: string; readonly depth: number } & InFrame)
  /** Sets a variable of a scope or a table to the value of an expression in a frame. */
  | ({
      readonly command: "set";
      readonly reference: number;
      readonly name: string;
      readonly text: string;
    } & InFrame)
  /** Names that go on as the text ends: `conf`, `config.ser`, `list:in`. */
  | ({ readonly command: "complete"; readonly text: string } & InFrame)
  /** Chunks that were loaded. */
  | { readonly command: "sources" }
  /** The text of a chunk that has no file, by the name that frames have. */
  | { readonly command: "text"; readonly source: string };

/** A command by its number. */
export type Request = Command & { readonly request: number };

export interface Results {
  readonly go: null;
  readonly detach: null;
  readonly terminate: null;
  readonly breakpoints: readonly BreakpointState[];
  readonly errors: null;
  readonly skip: null;
  readonly watch: null;
  /** Null where there is no such variable; `isOfCall`: it is gone when its call returns, and is watched as an expression. */
  readonly watchable: { readonly path: string; readonly isOfCall: boolean } | null;
  readonly threads: readonly Thread[];
  /** `total` is how many there are. */
  readonly frames: { readonly frames: readonly Frame[]; readonly total: number };
  readonly scopes: readonly Scope[];
  readonly variables: readonly Variable[];
  /** `shown` is each value as several lines, to the depth that was asked for. */
  readonly evaluate: { readonly values: readonly Value[]; readonly shown: readonly string[] };
  readonly set: Value;
  readonly complete: readonly string[];
  readonly sources: readonly string[];
  readonly text: string | null;
}

/** The answer to a command: what it gives, or why it gives nothing. */
export type Response =
  | { readonly request: number; readonly result: unknown }
  | { readonly request: number; readonly error: string };

export type StopReason = "entry" | "step" | "breakpoint" | "pause" | "error" | "failure" | "watch" | "dbg";

/** What a program tells unasked. */
export type DebugEvent =
  /** It stands still until it is told to go on. */
  | {
      readonly event: "stopped";
      readonly reason: StopReason;
      readonly thread: number;
      /** The frame to look at first: a program's own, of the files that are not skipped. */
      readonly frame: number;
      /** Of the error, of the value that has changed; else null. */
      readonly message: string | null;
      /** Their numbers, or those of what was watched and has changed. */
      readonly breakpoints: readonly number[];
    }
  /** Of a logpoint. */
  | { readonly event: "log"; readonly text: string; readonly file: string; readonly line: number }
  /** A breakpoint has found its line, or that it has none. */
  | ({ readonly event: "breakpoint" } & BreakpointState)
  | { readonly event: "source"; readonly source: string }
  /** A debugger is there: which Lua, and it waits for commands before anything of the program runs. */
  | { readonly event: "ready"; readonly version: string }
  /** A program is over, or goes on without a debugger. */
  | { readonly event: "ended" };

export type Reply = Response | DebugEvent;
