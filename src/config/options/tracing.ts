import { choice, count, list, type Range, text } from "./kinds.js";

const depths: Range = [0, 1_000_000];
const limits: Range = [1, Number.MAX_SAFE_INTEGER];

/** What is shown by `trace`, whose flags these are; no other command has them, and no configuration file. */
export const tracing = {
  events: choice("all", ["calls", "lines", "all"], "WHICH", "what is shown"),
  depth: count(
    depths,
    undefined,
    "N",
    "how deep below the script itself calls are shown; default: any depth",
  ),
  file: list(
    [],
    "GLOB",
    "show only what happens in files that match, seen from the current folder; ! leaves out",
  ),
  function: list([], "NAME", "show only what happens within calls of functions of this name"),
  limit: count(limits, undefined, "N", "end the trace of a program after so many lines; the program goes on"),
  output: text(undefined, "FILE", "write the trace to a file; -o is short for it; default: standard error"),
} as const;
