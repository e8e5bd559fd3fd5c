/** What a native Lua is told to run, as the Lua text that `src/lua/native/start.lua` reads. */

import type { Step } from "../../../types.js";
import { literal } from "../../literal.js";

export interface NativeJob {
  /** Where the program tells of itself: a file that is there, or can be made; none where it is told otherwise. */
  readonly news?: string;
  /** As Lua sees it: arg[0]. */
  readonly file: string;
  readonly args: readonly string[];
  /** What stands before arg[0], where that is not what runs Lua itself. */
  readonly interpreter?: readonly string[];
  readonly steps: readonly Step[];
  /** The current folder, absolute. */
  readonly folder: string;
  /** Templates ahead of package.path and package.cpath. `{version}` stands for that of the Lua, as in 5.1. */
  readonly path?: string;
  readonly cpath?: string;
  /** Files by the modules that are in them, whatever package.path leads to. */
  readonly modules?: Readonly<Record<string, string>>;
  /** The file that measures; none to measure nothing. */
  readonly agent?: string;
  /** Whether `require` finds our own assertions where nobody else's are on the path. */
  readonly bundled?: boolean;
  /** How many instructions the program may execute; absent for any number. */
  readonly maxInstructions?: number;
  /** Files of ours as bytecode of this Lua; none where there is no such file. */
  readonly compiled?: string;
}

/** Has files of ours compiled, by their names below a folder or `src/lua`, `to` one file each set. */
export interface CompileJob {
  readonly compile: readonly {
    readonly folder?: string;
    readonly files: readonly string[];
    readonly to: string;
  }[];
}

export function jobText(job: NativeJob | CompileJob): string {
  return `return ${literal({ ...job })}\n`;
}
