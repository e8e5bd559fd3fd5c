import type { InferInput, InferOutput } from "valibot";
import { reporters } from "./reporterOption.js";
import { globThresholds, threshold } from "./thresholdOptions.js";
import type { Valibot } from "./valibot.js";

/** The least and the greatest value of each number. */
const ranges = {
  /** In seconds: Node's timers count up to 2^31 milliseconds. */
  timeout: [0, 2_147_483],
  /** In MB: a terabyte. */
  maxMemory: [0, 1_048_576],
  jobs: [1, 1024],
  bail: [0, 1_000_000_000],
  retry: [0, 1_000_000],
  repeat: [1, 100_000],
  seed: [0, Number.MAX_SAFE_INTEGER],
  percentage: [0, 100],
} as const satisfies Readonly<Record<string, Range>>;

type Range = readonly [least: number, greatest: number];

/**
 * The one table of options: the key of the library's options, in configuration files and flags written with
 * dashes (`reportDir` is `report-dir` and `--report-dir`). Names, meanings and defaults are nyc's, except where
 * the help says otherwise.
 */
export const optionTable = {
  cwd: text(
    undefined,
    "DIR",
    "project root; default: the folder of the project's package.json, else the current one",
  ),
  all: yesNo(false, "count files that no test loads, as uncovered"),
  include: list([], "GLOB", "measure only files that match"),
  exclude: list([], "GLOB", "do not measure files that match; wins over include, ! takes back in"),
  extension: list([".lua"], "EXT", "measure files with this ending"),
  linesOnly: yesNo(false, "leave branches out: lines, statements and functions alone"),
  timeout: number(ranges.timeout, 0, "SECONDS", "how long one test file may run; 0: as long as it likes"),
  maxMemory: number(
    ranges.maxMemory,
    0,
    "MB",
    "how much memory a test file's program may take; 0: its share of half of the machine's",
  ),
  sandbox: yesNo(false, "let tests write nothing outside the project and start no programs"),
  style: choice("auto", ["auto", "spec", "luaunit", "script"], "STYLE", "what test files are written for"),
  framework: choice(
    "luacov-ts",
    ["luacov-ts", "busted", "luaunit"],
    "NAME",
    "what runs the tests: our own runner of specs, or what you have installed for all of them",
  ),
  lua: list(
    [],
    "LUA",
    "run tests in a Lua of yours: lua5.4, luajit, ./lua, nvim, resty, …; fengari: the embedded one",
  ),
  collector: choice(
    "probes",
    ["probes", "hook"],
    "WAY",
    "how cover measures; the hook knows lines and functions alone",
  ),
  jobs: count(
    ranges.jobs,
    undefined,
    "N",
    "how many test files run at the same time, or make copies with probes; default: as many as there are cores",
  ),
  bail: count(ranges.bail, 0, "N", "stop after N failed tests, 1 when the flag has no number; 0: never"),
  retry: count(ranges.retry, 0, "N", "run a test file with a failed test again, up to N times"),
  shard: {
    kind: "string",
    placeholder: "I/N",
    fallback: undefined,
    help: "run the I-th of N parts of the test files, which take about as long as each other",
    expected: 'a part and the number of parts, such as "2/4" for the second of four',
    schema: shardSchema,
  },
  testRecord: text(
    undefined,
    "FILE",
    "where times and failures of the last run are kept; default: luacov-ts/tests.json in the temp-dir",
  ),
  luaPath: list([], "TEMPLATE", "put before package.path, as in LUA_PATH: src/?.lua;lib/?.lua"),
  testReporter: list(
    ["default"],
    "NAME[=FILE]",
    "how test results are shown: default, dot, tap, junit, json, github, or a module's path",
  ),
  configFile: text(undefined, "FILE", "busted's configuration; default: .busted in the project root"),
  run: text(undefined, "TASK", "the task of busted's configuration; default: default"),
  tags: words("TAGS", "run only specs with one of these #tags in their names"),
  excludeTags: words("TAGS", "do not run specs with these #tags; wins over tags"),
  filter: list([], "PATTERN", "run only specs whose full name has a match of this Lua pattern"),
  filterOut: list([], "PATTERN", "do not run specs whose full name has a match of this Lua pattern"),
  name: list([], "NAME", "run only the spec of this full name"),
  repeat: count(ranges.repeat, 1, "N", "run the tests so many times"),
  shuffle: yesNo(false, "run files, and the specs in them, in random order"),
  seed: count(
    ranges.seed,
    undefined,
    "N",
    "what the random order comes from; default: another one each time",
  ),
  sort: yesNo(false, "run the specs of a block in the order of their names"),
  lazy: yesNo(false, "let setup and teardown of specs run only when a test needs them"),
  helper: text(undefined, "FILE", "a Lua file or module that runs before the specs of each file"),
  helperArgs: words("ARGS", "what the helper gets as arg"),
  suppressPending: yesNo(false, "leave pending specs out of the results"),
  reporter: reporters(
    ["text", "lcovonly", "html-lua"],
    "Istanbul reporter (text, lcov, cobertura, …), one of ours (html-lua, partial, markdown, github, sonar, luacov, luacov-stats), or a module's name or path",
  ),
  baseCoverage: text(
    undefined,
    "FILE",
    "a coverage map, or a folder of such, that markdown and github compare with",
  ),
  stats: list(
    [],
    "FILE",
    "add what LuaCov has measured, from its luacov.stats.out, in report, check-coverage and merge",
  ),
  reportDir: text("coverage", "DIR", "where reports are written"),
  open: yesNo(false, "open the pages of html-lua in the browser"),
  tempDir: text(".nyc_output", "DIR", "where the coverage map of each run is kept"),
  clean: yesNo(true, "remove what earlier runs have left in the temp-dir; else report the sum"),
  checkCoverage: yesNo(false, "fail when coverage is below the thresholds"),
  lines: threshold(90, "threshold for lines; below 0: how many may be uncovered"),
  functions: threshold(0, "threshold for functions"),
  branches: threshold(0, "threshold for branches"),
  statements: threshold(0, "threshold for statements"),
  conditions: threshold(0, "threshold for conditions: each operand of and and or once true, once false"),
  perFile: yesNo(false, "check the thresholds for each file"),
  thresholds: globThresholds("thresholds for the files that a glob matches"),
  since: text(
    undefined,
    "REF",
    "a commit, branch or tag: say what is covered of what was changed since this parted from it",
  ),
  changedLines: threshold(0, "threshold for lines of the change since --since"),
  changedBranches: threshold(0, "threshold for branches of the change since --since"),
  autoUpdate: yesNo(false, "write better figures into the configuration as its thresholds"),
  watermarks: {
    kind: "watermarks",
    placeholder: "METRIC=LOW,HIGH",
    fallback: { lines: [50, 80], functions: [50, 80], branches: [50, 80], statements: [50, 80] },
    help: "percentages at which colours change",
    expected: 'an object such as { "lines": [50, 80] } with percentages in rising order',
    schema: watermarksSchema,
  },
  skipFull: yesNo(false, "leave files with full coverage out of the text report"),
  skipEmpty: yesNo(false, "leave files without code out of the text report"),
} as const;

type OptionTable = typeof optionTable;
export type OptionKey = keyof OptionTable;
export const optionKeys: readonly OptionKey[] = Object.keys(optionTable).filter(isOptionKey);

type SchemaOf<Key extends OptionKey> = ReturnType<OptionTable[Key]["schema"]>;

/** What a caller, a configuration file or flags may set; everything has a default. */
export type Options = { readonly [Key in OptionKey]?: InferInput<SchemaOf<Key>> };

/** Options that were checked; a list is always an array. */
export type ValidOptions = { readonly [Key in OptionKey]?: InferOutput<SchemaOf<Key>> };

export function isOptionKey(key: string): key is OptionKey {
  return Object.hasOwn(optionTable, key);
}

/** Whether the flag of an option may be given several times. */
export function isRepeatable(kind: OptionTable[OptionKey]["kind"]): boolean {
  return kind === "list" || kind === "watermarks" || kind === "thresholds";
}

/** The spelling of a key in configuration files and, behind "--", of its flag: `report-dir`. */
export function dashed(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function yesNo<const Fallback extends boolean>(fallback: Fallback, help: string) {
  return {
    kind: "boolean",
    placeholder: "",
    fallback,
    help,
    expected: "true or false",
    schema: (v: Valibot) => v.boolean(),
  } as const;
}

function text<const Fallback extends string | undefined>(
  fallback: Fallback,
  placeholder: string,
  help: string,
) {
  // An empty folder name would stand for the project root, whose files must not be taken for ours.
  const schema = (v: Valibot) => v.pipe(v.string(), v.nonEmpty());
  return { kind: "string", placeholder, fallback, help, expected: "a non-empty text", schema } as const;
}

function choice<const Value extends string>(
  fallback: NoInfer<Value>,
  values: readonly Value[],
  placeholder: string,
  help: string,
) {
  return {
    kind: "string",
    placeholder,
    fallback,
    help: `${help}: ${values.join(", ")}`,
    expected: `one of ${values.map((value) => `"${value}"`).join(", ")}`,
    schema: (v: Valibot) => v.picklist(values),
  } as const;
}

function list(fallback: readonly string[], placeholder: string, help: string) {
  const schema = (v: Valibot) => {
    const item = v.pipe(v.string(), v.nonEmpty());
    return v.pipe(
      v.union([item, v.array(item)]),
      v.transform((value): readonly string[] => [value].flat()),
    );
  };
  return {
    kind: "list",
    placeholder,
    fallback,
    help,
    expected: "a non-empty text or a list of such",
    schema,
  } as const;
}

/** A list whose texts may also be lists with commas in between, as in `--tags fast,slow`. */
function words(placeholder: string, help: string) {
  const { schema, ...option } = list([], placeholder, help);
  const split = (texts: readonly string[]) => texts.flatMap((each) => each.split(","));
  return { ...option, schema: (v: Valibot) => v.pipe(schema(v), v.transform(split)) } as const;
}

function count<const Fallback extends number | undefined>(
  [least, greatest]: Range,
  fallback: Fallback,
  placeholder: string,
  help: string,
) {
  const schema = (v: Valibot) => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(greatest));
  const expected = `a whole number from ${least} to ${greatest}`;
  return { kind: "number", placeholder, fallback, help, expected, schema } as const;
}

function number([least, greatest]: Range, fallback: number, placeholder: string, help: string) {
  const schema = (v: Valibot) => v.pipe(v.number(), v.minValue(least), v.maxValue(greatest));
  const expected = `a number from ${least} to ${greatest}`;
  return { kind: "number", placeholder, fallback, help, expected, schema } as const;
}

function shardSchema(v: Valibot) {
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,6}\/\d{1,6}$/),
    v.check((value) => {
      const [index = 0, count = 0] = value.split("/").map(Number);
      return 1 <= index && index <= count;
    }),
  );
}

function watermarksSchema(v: Valibot) {
  const watermark = v.optional(watermarkSchema(v));
  return v.strictObject({
    lines: watermark,
    functions: watermark,
    branches: watermark,
    statements: watermark,
  });
}

function watermarkSchema(v: Valibot) {
  const [least, greatest] = ranges.percentage;
  const percent = v.pipe(v.number(), v.minValue(least), v.maxValue(greatest));
  return v.pipe(
    v.tuple([percent, percent]),
    v.check(([low, high]) => low <= high),
  );
}
