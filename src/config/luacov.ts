import path from "node:path";
import { isFolder } from "../files/files.js";
import { moduleRules } from "../luacov/modules.js";
import { parsePattern } from "../luacov/pattern/parse.js";
import type { LuacovSettings } from "../types.js";
import { closest } from "../words.js";
import { optionTable, type ValidOptions } from "./options/options.js";

/** What a key of the file has; null is what cannot be read. */
export type LuacovValue =
  | { readonly kind: "plain"; readonly value: string | number | boolean | null }
  | {
      readonly kind: "table";
      readonly items: readonly (string | number | boolean | null)[];
      readonly entries: Readonly<Record<string, string | number | boolean | null>>;
    };

/** What of a configuration of LuaCov's counts here. */
export interface LuacovConfiguration {
  readonly settings: LuacovSettings;
  /** What is the same as options of ours, for where nobody has set these. */
  readonly options: ValidOptions;
  /** The keys that count, and what does not, in words. */
  readonly counted: readonly string[];
  readonly problems: readonly string[];
}

interface Reading {
  readonly root: string;
  readonly settings: { -readonly [Key in keyof LuacovSettings]: LuacovSettings[Key] };
  readonly options: { -readonly [Key in keyof ValidOptions]: ValidOptions[Key] };
}

/** What is read of a value, or why it means nothing here, in words that follow on the key. */
type Reader = (value: LuacovValue, reading: Reading) => string | null;

/** LuaCov's keys, all of them. */
const readers: Readonly<Record<string, Reader>> = {
  include: patterns("include"),
  exclude: patterns("exclude"),
  modules: readModules,
  includeuntestedfiles: readUntested,
  statsfile: file("statsFile"),
  reporter: readReporter,
  reportfile: readReportFile,
  runreport: flag((reading) => {
    reading.options.reporter ??= [...usual, "luacov"];
    return null;
  }),
  deletestats: flag((reading) => {
    reading.settings.removes = path.join(reading.root, "luacov.stats.out");
    return null;
  }),
  codefromstrings: flag(() => "is true, but what has no file has no place in a coverage map"),
  // What is counted is written again and again anyway.
  tick: flag(() => null),
  savestepsize: (value) => (typeof plain(value) === "number" ? null : `is ${shown(value)}, not a number`),
};

/** The usual reporters, to which those of LuaCov's are added. */
const usual = optionTable.reporter.fallback;

/** LuaCov's reporters that have one here. */
const reporters: Readonly<Record<string, string>> = {
  default: "luacov",
  html: "html-lua",
  lcov: "lcovonly",
  cobertura: "cobertura",
};

/** Reads the settings of a file in a project. `lineOf` says where a key is written. */
export function luacovConfiguration(
  found: Readonly<Record<string, LuacovValue>>,
  {
    file,
    root,
    lineOf,
  }: { readonly file: string; readonly root: string; readonly lineOf: (key: string) => number | null },
): LuacovConfiguration {
  const reading = newReading(file, root);
  const known = Object.keys(readers);
  const results = known.flatMap((key) => {
    const value = Object.hasOwn(found, key) ? found[key] : undefined;
    return value === undefined ? [] : [{ key, problem: readers[key]?.(value, reading) ?? null }];
  });
  const { settings, options } = reading;
  if (settings.removes !== null && settings.statsFile !== null) settings.removes = settings.statsFile;
  const others = Object.keys(found).filter((key) => !known.includes(key));
  const problems = [
    ...results.flatMap(({ key, problem }) => (problem === null ? [] : [{ key, problem }])),
    ...others.sort().map((key) => ({ key, problem: `is no key of LuaCov's${nearest(key, known)}` })),
  ];
  return {
    settings,
    options,
    counted: results.filter(({ problem }) => problem === null).map(({ key }) => key),
    problems: problems.map(({ key, problem }) => `${placeOf(lineOf(key))}"${key}" ${problem}`),
  };
}

function newReading(file: string, root: string): Reading {
  const scope = { include: [], exclude: [], modules: [] };
  const settings = { file, scope, untested: null, statsFile: null, reportFile: null, removes: null };
  return { root, settings, options: {} };
}

function nearest(key: string, known: readonly string[]): string {
  const near = closest(key, known);
  return near === null ? "" : ` (${near}?)`;
}

const placeOf = (line: number | null) => (line === null ? "" : `line ${line}: `);

function patterns(key: "include" | "exclude"): Reader {
  return (value, { root, settings }) => {
    const { found, problem } = readPatterns(value, root);
    settings.scope = { ...settings.scope, [key]: found };
    return problem;
  };
}

/** Like LuaCov, which goes through the list; a pattern that cannot be one is left out. */
function readPatterns(
  value: LuacovValue,
  root: string,
): { found: readonly string[]; problem: string | null } {
  if (value.kind === "plain") return { found: [], problem: `is ${shown(value)}, not a list of Lua patterns` };
  const found: string[] = [];
  const problems: string[] = [];
  for (const each of value.items) {
    const problem = typeof each === "string" ? problemOf(each) : "is no text";
    if (problem === null) found.push(fromRoot(String(each), root));
    else problems.push(`has ${JSON.stringify(each)}, which ${problem}`);
  }
  return { found, problem: problems.length === 0 ? null : problems.join(", and ") };
}

/** The folder of a pattern that can only mean one of some machine; `/spec/` may be anywhere in a path. */
const machineFolder = /^(?=\^|\/(?:home|Users|root|mnt|media|Volumes)\/)\^?(\/[\w./ -]+)\//;

/** A pattern of an absolute path in the project as one of the path from there. */
function fromRoot(pattern: string, root: string): string {
  const tokens = pattern.replace(/^\^/, "").match(/%?./gs) ?? [];
  let start = "";
  for (const [index, token] of tokens.entries()) {
    start += token.slice(-1);
    if (start === `${root}/`) return `^${tokens.slice(index + 1).join("")}`;
  }
  return pattern;
}

function problemOf(pattern: string): string | null {
  try {
    parsePattern(pattern);
  } catch (cause) {
    return `is no Lua pattern: ${cause instanceof Error ? cause.message : String(cause)}`;
  }
  const folder = machineFolder.exec(pattern.replaceAll("%", ""))?.[1];
  return folder === undefined || isFolder(folder) ? null : `names ${folder}, a folder that is not here`;
}

function readModules(value: LuacovValue, { settings }: Reading): string | null {
  if (value.kind === "plain") return `is ${shown(value)}, not a table from modules to files`;
  const entries = Object.entries(value.entries);
  const modules = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  settings.scope = { ...settings.scope, modules: moduleRules(Object.fromEntries(modules)) };
  const others = entries.filter(([, target]) => typeof target !== "string").map(([name]) => name);
  return others.length === 0 ? null : `has no file for ${others.join(", ")}`;
}

function readUntested(value: LuacovValue, { root, settings, options }: Reading): string | null {
  if (value.kind === "plain") {
    if (typeof value.value !== "boolean")
      return `is ${shown(value)}, not true, false or a list of files and folders`;
    options.all = value.value;
    return null;
  }
  const paths = value.items.filter((each) => typeof each === "string");
  // An empty list adds nothing.
  if (paths.length === 0) return null;
  options.all = true;
  settings.untested = paths.map((each) => path.resolve(root, each));
  return null;
}

function file(key: "statsFile" | "reportFile"): Reader {
  return (value, { root, settings }) => {
    const name = plain(value);
    if (typeof name !== "string" || name === "") return `is ${shown(value)}, not the name of a file`;
    const absolute = path.resolve(root, name);
    if (path.isAbsolute(name) && !isFolder(path.dirname(name)))
      return `is in ${path.dirname(name)}, a folder that is not here`;
    settings[key] = absolute;
    return null;
  };
}

/** With another reporter it is that one's file. */
function readReportFile(value: LuacovValue, reading: Reading): string | null {
  const own = reading.options.reporter?.at(-1) ?? "luacov";
  return own === "luacov"
    ? file("reportFile")(value, reading)
    : `is the file of its reporter, ${own}, which has names of its own in report-dir`;
}

function readReporter(value: LuacovValue, { options }: Reading): string | null {
  const name = plain(value);
  if (typeof name !== "string") return `is ${shown(value)}, not the name of a reporter`;
  const own = Object.hasOwn(reporters, name) ? reporters[name] : undefined;
  if (own === undefined)
    return `is "${name}", a reporter that luacov-ts has not: it has ${Object.keys(reporters).join(", ")} of LuaCov's`;
  options.reporter = [...usual.filter((each) => each !== own), own];
  return null;
}

/** What a flag does when it is set; by default it is not. */
function flag(set: (reading: Reading) => string | null): Reader {
  return (value, reading) => {
    const given = plain(value);
    if (typeof given !== "boolean") return `is ${shown(value)}, not true or false`;
    return given ? set(reading) : null;
  };
}

const plain = (value: LuacovValue) => (value.kind === "plain" ? value.value : null);

function shown(value: LuacovValue): string {
  if (value.kind === "table") return "a table";
  return value.value === null ? "nothing that can be read" : JSON.stringify(value.value);
}
