import { choice, list, text, yesNo } from "./kinds.js";

/** Which files are measured, and how. */
export const measuring = {
  cwd: text(
    undefined,
    "DIR",
    "project root; default: the folder of the project's package.json, else the current one",
  ),
  coverage: yesNo(true, "measure what is covered; without, tests only run, faster"),
  all: yesNo(false, "count files that no test loads, as uncovered"),
  include: list([], "GLOB", "measure only files that match"),
  exclude: list([], "GLOB", "do not measure files that match; wins over include, ! takes back in"),
  extension: list([".lua"], "EXT", "measure files with this ending"),
  linesOnly: yesNo(false, "leave branches out: lines, statements and functions alone"),
  byTest: yesNo(false, "keep what each test covers, for who, tests and the pages of html-lua"),
  collector: choice(
    "probes",
    ["probes", "hook"],
    "WAY",
    "how cover measures; the hook knows lines and functions alone",
  ),
} as const;
