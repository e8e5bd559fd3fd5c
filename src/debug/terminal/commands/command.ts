import type { ErrorMode, Go } from "../../protocol.js";

/** A line of a source; of the file that is shown where none is named. */
export interface Place {
  readonly file: string | null;
  readonly line: number;
}

/** What is to be a breakpoint: where, and when it stops. */
export interface BreakpointRequest {
  readonly at: Place | { readonly name: string };
  readonly condition: string | null;
  /** From which time on it stops. */
  readonly after: number | null;
}

/** What a line of the user's asks for. */
export type TerminalCommand =
  /** `times` in a row, of steps alone. */
  | { readonly kind: "go"; readonly go: Exclude<Go["kind"], "until">; readonly times: number }
  | { readonly kind: "until"; readonly place: Place }
  /** Towards the callers, or if it is below zero towards what they call. */
  | { readonly kind: "move"; readonly by: number }
  | { readonly kind: "trace" }
  /** Lines of a file; around the current line without a range. */
  | { readonly kind: "list"; readonly file: string | null; readonly lines: LineRange | null }
  | { readonly kind: "locals" }
  /** Those with a text in their names. */
  | { readonly kind: "globals"; readonly text: string | null }
  /** Lua; `word` is what may have been meant for a command. */
  | { readonly kind: "evaluate"; readonly text: string; readonly word: string | null }
  | { readonly kind: "breakpoints" }
  | { readonly kind: "break"; readonly request: BreakpointRequest; readonly isTemporary: boolean }
  | { readonly kind: "log"; readonly place: Place; readonly text: string }
  | { readonly kind: "delete"; readonly id: number | "all" }
  | { readonly kind: "errors"; readonly mode: ErrorMode | null }
  | { readonly kind: "watch"; readonly expression: string }
  | { readonly kind: "threads" }
  | { readonly kind: "thread"; readonly id: number }
  | { readonly kind: "sources" }
  | { readonly kind: "detach" }
  | { readonly kind: "quit" }
  | { readonly kind: "help" }
  /** What the last line asked for, if that is to be repeated. */
  | { readonly kind: "repeat" }
  | { readonly kind: "wrong"; readonly sentence: string };

/** Both ends are shown. A line alone is shown with those around it. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
  readonly isAround: boolean;
}
