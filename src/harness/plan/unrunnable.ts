/** Why no Lua can run a file, which then looks like a script. */

import { readContent } from "../../files/files.js";
import { refusedFile } from "../../files/refused.js";
import { parseNewest } from "../../source/syntax.js";

export type Unrunnable =
  | { readonly kind: "refused"; readonly reason: string }
  /** `message` is what the newest Lua says of the line. */
  | { readonly kind: "syntax"; readonly line: number; readonly message: string };

/** Null for a file that some Lua reads. */
export function unrunnable(file: string): Unrunnable | null {
  const reason = refusedFile(file);
  if (reason !== null) return { kind: "refused", reason };
  const parsed = parseNewest(readContent(file));
  return parsed.ok ? null : { kind: "syntax", line: parsed.line, message: parsed.message };
}

/** Goes on after the name of the file. */
export function unrunnableText(problem: Unrunnable): string {
  return problem.kind === "refused"
    ? `cannot be read: ${problem.reason}`
    : `has a syntax error in line ${problem.line}, ${problem.message}`;
}
