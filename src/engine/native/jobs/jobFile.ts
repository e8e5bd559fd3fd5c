/** What a native Lua is told to run, as the Lua text that `src/lua/native/start.lua` reads. */

import { encodeName } from "../../../files/names.js";
import type { Step } from "../../../types.js";

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
  /** The file that measures; none to measure nothing. */
  readonly agent?: string;
  /** Whether `require` finds our own assertions where nobody else's are on the path. */
  readonly bundled?: boolean;
  /** Files of ours as bytecode of this Lua; none where there is no such file. */
  readonly compiled?: string;
}

/** Has files of ours compiled, by their names below `src/lua`. */
export interface CompileJob {
  readonly compile: { readonly files: readonly string[]; readonly to: string };
}

type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [key: string]: Value };

export function jobText(job: NativeJob | CompileJob): string {
  return `return ${literal({ ...job })}\n`;
}

function literal(value: Value): string {
  if (value === null || value === undefined) return "nil";
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object") return String(value);
  const fields = isList(value)
    ? value.map(literal)
    : Object.entries(value).map(([key, each]) => `[${quoted(key)}]=${literal(each)}`);
  return `{${fields.join(",")}}`;
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

/** Every Lua reads this alike, whatever the bytes are. */
function quoted(text: string): string {
  const bytes = encodeName(text).toString("latin1");
  const escaped = (each: string) => `\\${String(each.charCodeAt(0)).padStart(3, "0")}`;
  return `"${bytes.replace(/[^\w ./?;:,-]/g, escaped)}"`;
}
