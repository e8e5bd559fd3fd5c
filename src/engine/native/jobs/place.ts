/** Where a program was when it had to end. */

import path from "node:path";
import { placeIn, type Told } from "./told.js";

export interface ProgramPlace {
  readonly place: string;
  readonly traceback: string;
}

/** Where it was at a limit of its own, by the traceback that it told then. */
export function placeOfLimit(
  { traceback }: { readonly traceback: string },
  told: Told,
  file: string,
  agent: string | null,
): ProgramPlace {
  return placeInTraceback(traceback, startOf(told, file), agent);
}

/** The innermost place of the program's own in a traceback, else `otherwise`; `agent` is what measures. */
export function placeInTraceback(traceback: string, otherwise: string, agent: string | null): ProgramPlace {
  const own = withoutAgent(ofProgram(traceback), agent ?? "");
  return { place: placeIn(own) ?? otherwise, traceback: own };
}

/** Where the test is that runs; the file where there is none. */
export function startOf(told: Told, file: string): string {
  const test = told.runningAt();
  return test === null ? file : `${test.file}:${test.line}`;
}

/** Without our own part of the stack, whose chunks are named as C is and have lines. */
function ofProgram(traceback: string): string {
  const lines = traceback.trim().split("\n");
  const ours = lines.findIndex((line) => /^\t\[C\]:\d/.test(line));
  const own = ours === -1 ? lines : lines.slice(0, ours);
  return own.join("\n").replace(/\n\t\[C\]: in (?:function |global )?'x?pcall'$/, "");
}

/** As the program said itself, else as far as is known. Functions in C, and those of ours, have no place. */
export function placeOf(told: Told, file: string, agent: string): ProgramPlace {
  const traceback = withoutAgent(told.interruption()?.traceback ?? "", agent);
  const place = placeIn(traceback);
  if (place !== undefined) return { place, traceback };
  return { place: startOf(told, file), traceback: "" };
}

/** Without lines of the agent, which stands in for functions that load files, and may wait in them as these would. */
export function withoutAgent(traceback: string, agent: string): string {
  const folder = path.dirname(agent);
  const isOfAgent = (line: string) => {
    // Lua leaves out the beginning of a long name.
    const [, cut, name = ""] = /^\t(\.\.\.)?(.*?\.lua):\d+:/.exec(line) ?? [];
    const own = path.join(folder, name.split(/[/\\]agent[/\\]/).at(-1) ?? "");
    return cut === undefined ? own === name : own.endsWith(name);
  };
  return traceback
    .split("\n")
    .filter((line) => !isOfAgent(line))
    .join("\n");
}
