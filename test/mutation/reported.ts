import { mutantsOf } from "../../src/mutation/find/mutants.js";
import type { Config, MutantStatus, MutationResult } from "../../src/types.js";
import { syntaxOf } from "./mutantsOf.js";

/** What could be taken for markup, in all that a report shows. */
const nasty = '<img src=x onerror="document.title=1"></script>';

export const source = Buffer.from(
  [
    "-- äöü",
    "local function f(a, b)",
    `  if a < b then return "${nasty.replaceAll('"', "'")}" end -- ${nasty}`,
    "  return a + 1",
    "end",
    "return f",
    "",
  ].join("\n"),
);

const statuses: readonly MutantStatus[] = [
  "Survived",
  "Killed",
  "NoCoverage",
  "Timeout",
  "Ignored",
  "RuntimeError",
];

/** A source whose mutants have each status in turn. */
export const result: MutationResult = {
  sources: [
    {
      name: "src/f.lua",
      path: "/p/src/f.lua",
      source,
      mutants: mutantsOf(source, syntaxOf(source)).map((mutant, index) => {
        const status = statuses[index % statuses.length] ?? "Killed";
        const killedBy = status === "Killed" || status === "Timeout" ? ["0"] : [];
        const isCovered = status !== "NoCoverage";
        const reason = status === "Killed" || status === "Ignored" ? nasty : "";
        return { ...mutant, status, reason, killedBy, coveredBy: isCovered ? ["0", "1"] : [] };
      }),
    },
  ],
  tests: [
    { id: "0", file: "spec/f_spec.lua", line: 3, name: `f is ${nasty}` },
    { id: "1", file: "test/f.lua", line: null, name: "test/f.lua" },
  ],
  ran: 10,
  known: 2,
  interrupted: false,
  left: 0,
  notices: [],
};

export const watermarks: Config["watermarks"] = {
  lines: [50, 80],
  functions: [50, 80],
  branches: [50, 80],
  statements: [50, 80],
};
