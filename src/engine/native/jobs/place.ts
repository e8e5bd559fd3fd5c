/** Where a program was when it was told to end. */

import path from "node:path";
import { placeIn, type Told } from "./told.js";

export interface ProgramPlace {
  readonly place: string;
  readonly traceback: string;
}

/** As the program said itself, else as far as is known. Functions in C, and those of ours, have no place. */
export function placeOf(told: Told, file: string, agent: string): ProgramPlace {
  const traceback = withoutAgent(told.interruption()?.traceback ?? "", agent);
  const place = placeIn(traceback);
  if (place !== undefined) return { place, traceback };
  const test = told.runningAt();
  return { place: test === null ? file : `${test.file}:${test.line}`, traceback: "" };
}

/** Without lines of the agent, which stands in for functions that load files, and may wait in them as these would. */
export function withoutAgent(traceback: string, agent: string): string {
  const folder = path.dirname(agent);
  const isOfAgent = (line: string) => {
    // Lua leaves out the beginning of a long name.
    const [, cut, name = ""] = /^\t(\.\.\.)?(.*?\.lua):\d+:/.exec(line) ?? [];
    const own = path.join(folder, path.basename(name));
    return cut === undefined ? own === name : own.endsWith(name);
  };
  return traceback
    .split("\n")
    .filter((line) => !isOfAgent(line))
    .join("\n");
}
