/** What is to stop programs in a debugger, as it was asked for. */
export interface DebugRequest {
  /** `FILE:LINE` or the name of a function, perhaps with a condition. */
  readonly breakpoints: readonly string[];
  readonly errors: "never" | "uncaught" | "always";
  /** Lua patterns of files in which no step ends. */
  readonly skip: readonly string[];
  /** Where each command is written with its answer, absolute; null for nowhere. */
  readonly log: string | null;
}
