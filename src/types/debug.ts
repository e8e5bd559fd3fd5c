/** What is to stop programs in a debugger, as it was asked for. */
export interface DebugRequest {
  /** `FILE:LINE` or the name of a function, perhaps with a condition. */
  readonly breakpoints: readonly string[];
  readonly errors: "never" | "uncaught" | "always";
  /** Lua patterns of files in which no step ends. */
  readonly skip: readonly string[];
  /** Where each command is written with its answer, absolute; null for nowhere. */
  readonly log: string | null;
  /** Where editors may join in place of the terminal; null for nowhere. */
  readonly listen: ListenRequest | null;
}

/** A port for editors. */
export interface ListenRequest {
  /** 0 for any that is free. */
  readonly port: number;
  /** Whether the first program begins only when an editor is there. */
  readonly waits: boolean;
  /** Where it is noted what editors change in programs, absolute; null for nowhere. */
  readonly log: string | null;
}
