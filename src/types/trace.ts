/** What is to be shown of a program as it runs. */
export interface TraceRequest {
  readonly calls: boolean;
  readonly lines: boolean;
  /** How deep below the script itself calls are shown; null for any depth. */
  readonly depth: number | null;
  /** After how many lines the trace ends; null for never. */
  readonly limit: number | null;
  /** Lua patterns of files as seen from `root`: one of the first has to match, if there are any, and none of the others. */
  readonly files: readonly string[];
  readonly others: readonly string[];
  /** Names of functions within whose calls it is shown; empty for everywhere. */
  readonly functions: readonly string[];
  /** The current folder, absolute. */
  readonly root: string;
  /** The file that is written, absolute; null for standard error. */
  readonly output: string | null;
  readonly colors: boolean;
}
