import { measuring } from "../options/measuring.js";
import { mutation } from "../options/mutation.js";
import { type OptionKey, optionKeys } from "../options/options.js";
import { profiles } from "../options/profiles.js";
import { reports } from "../options/reports.js";
import { running } from "../options/running.js";
import { specs } from "../options/specs.js";
import { thresholds } from "../options/thresholds.js";
import { type CommandName, commandNames } from "./commandNames.js";

/** What of the sources a map is read with, or LuaCov's counts. */
const known = ["cwd", "all", "include", "exclude", "extension", "stats", "tempDir", "sandbox"] as const;
const limits = ["timeout", "maxMemory", "maxInstructions", "sandbox", "luaPath", "jobs"] as const;
/** What says which tests there are, what they run in, and what they find. */
const looked = [
  ...(["cwd", "include", "exclude", "extension", "tests", "pattern", "excludePattern", "recursive"] as const),
  ...(["style", "framework", "lua", "luaPath", "luaCpath", "setup", "helper", "configFile", "run"] as const),
];
/** A mutant is told by one run of what covers it, whatever a run of tests does besides. */
const mutating: readonly OptionKey[] = [
  ...looked,
  ...([
    "jobs",
    "timeout",
    "maxMemory",
    "maxInstructions",
    "sandbox",
    "reportDir",
    "since",
    "watermarks",
  ] as const),
  ...keys(specs).filter((key) => key !== "configFile" && key !== "run" && key !== "helper"),
];
const withoutMutation = optionKeys.filter((key) => !keys(mutation).includes(key));
const measured = [...keys(measuring), ...keys(reports), ...keys(thresholds), ...keys(profiles)];

/** Which options mean something for a command; configuration files set the others, too, and it does not look at them. */
const meaningful: Readonly<Record<CommandName, readonly OptionKey[]>> = {
  "test-run": withoutMutation,
  profile: withoutMutation,
  mutate: [...mutating, ...keys(mutation)],
  debug: [...keys(measuring), ...keys(running), ...keys(specs), ...keys(reports), ...keys(profiles)],
  init: ["cwd"],
  doctor: looked,
  run: [...measured, ...limits, "lua"],
  exec: [...measured, ...limits, "lua"],
  // What the last two do not do there, it says itself.
  cover: [...measured, "jobs", "sandbox", "maxInstructions"],
  trace: [...keys(running), ...keys(specs), "cwd"],
  report: [...known, ...keys(reports), ...keys(thresholds), ...keys(profiles), "coverage", "testRecord"],
  "check-coverage": [...known, ...keys(thresholds)],
  annotate: [...known, "profile"],
  who: ["cwd", "tempDir", "sourceMap"],
  tests: ["cwd", "tempDir", "sourceMap"],
  merge: [...known, "testRecord"],
  dap: [],
  agent: [],
  completion: [],
  help: [],
};

/** Where things are, which scripts say to each of the commands that they call in turn: no mistake anywhere. */
export const places: readonly OptionKey[] = ["cwd", "tempDir", "reportDir"];

/** Why options mean nothing that one might expect of a command. */
const reasons: Partial<Readonly<Record<CommandName, Partial<Readonly<Record<OptionKey, string>>>>>> = {
  run: { byTest: "a program is no test; a run of it as a test file has the option" },
  exec: { byTest: "a program is no test; a run of it as a test file has the option" },
  cover: { byTest: "what a command runs does not tell of its tests; a run of tests by our own runner does" },
  debug: {
    jobs: "one program is debugged at a time",
    timeout: "a program may stand still as long as you like",
    maxInstructions: "a program may stand still as long as you like",
    retry: "a test is run again by another session",
  },
};

/** Whether an option means something for a command, or else why not, where that needs to be said. */
export function meaningOf(
  command: CommandName,
  key: OptionKey,
): { readonly isKnown: boolean; readonly reason: string | null } {
  const reason = reasons[command]?.[key] ?? null;
  return { isKnown: reason === null && meaningful[command].includes(key), reason };
}

/** The commands that an option means something for. */
export function commandsWith(key: OptionKey): readonly CommandName[] {
  return commandNames.filter((command) => meaningOf(command, key).isKnown);
}

function keys(options: object): OptionKey[] {
  return optionKeys.filter((key) => Object.hasOwn(options, key));
}
