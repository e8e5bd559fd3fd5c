import { testReporterNames } from "../../report/reporterNames.js";
import { choice, count, list, number, type Range, text, yesNo } from "./kinds.js";
import type { Valibot } from "./valibot.js";

/** The least and the greatest value of each number. */
const ranges = {
  /** In seconds: Node's timers count up to 2^31 milliseconds. */
  timeout: [0, 2_147_483],
  /** In MB: a terabyte. */
  maxMemory: [0, 1_048_576],
  maxInstructions: [0, Number.MAX_SAFE_INTEGER],
  jobs: [1, 1024],
  bail: [0, 1_000_000_000],
  retry: [0, 1_000_000],
  repeat: [1, 100_000],
  seed: [0, Number.MAX_SAFE_INTEGER],
} as const satisfies Readonly<Record<string, Range>>;

/** How tests run, and where. */
export const running = {
  tests: list([], "GLOB", "test files, folders or globs where no operands name them; ! leaves out"),
  setup: text(undefined, "FILE", "a Lua file that runs before each test file, whatever its style"),
  lua: list(
    [],
    "LUA",
    "run tests in a Lua of yours: lua5.4, luajit, ./lua, nvim, resty, …; fengari: the embedded one",
  ),
  pattern: list(
    [],
    "PATTERN",
    "Lua pattern of the names of test files in folders; default: _spec, else every .lua file",
  ),
  excludePattern: list(
    [],
    "PATTERN",
    "Lua pattern of names in folders that are no test files; wins over pattern",
  ),
  recursive: yesNo(true, "look for test files in the folders of a folder, too"),
  style: choice("auto", ["auto", "spec", "luaunit", "script"], "STYLE", "what test files are written for"),
  framework: choice(
    "luacov-ts",
    ["luacov-ts", "busted", "luaunit"],
    "NAME",
    "what runs the tests: our own runner of specs, or what you have installed for all of them",
  ),
  jobs: count(
    ranges.jobs,
    undefined,
    "N",
    "how many test files run at the same time, or make copies with probes; default: as many as there are cores",
  ),
  timeout: number(ranges.timeout, 0, "SECONDS", "how long one test file may run; 0: as long as it likes"),
  maxMemory: number(
    ranges.maxMemory,
    0,
    "MB",
    "how much memory a test file's program may take; 0: its share of half of the machine's",
  ),
  maxInstructions: count(
    ranges.maxInstructions,
    0,
    "N",
    "how many instructions of Lua one test file may execute; 0: as many as it likes",
  ),
  sandbox: yesNo(false, "let tests write nothing outside the project and start no programs"),
  luaPath: list([], "TEMPLATE", "put before package.path, as in LUA_PATH: src/?.lua;lib/?.lua"),
  luaCpath: list([], "TEMPLATE", "put before package.cpath in a Lua of yours, as in LUA_CPATH: csrc/?.so"),
  bail: count(ranges.bail, 0, "N", "stop after N failed tests, 1 when the flag has no number; 0: never"),
  retry: count(ranges.retry, 0, "N", "run a test file with a failed test again, up to N times"),
  repeat: count(ranges.repeat, 1, "N", "run the tests so many times"),
  shuffle: yesNo(false, "run files, and the specs in them, in random order"),
  shuffleFiles: yesNo(false, "run files in random order"),
  shuffleTests: yesNo(false, "run the specs of a file in random order"),
  seed: count(
    ranges.seed,
    undefined,
    "N",
    "what the random order comes from; default: another one each time",
  ),
  shard: {
    kind: "string",
    placeholder: "I/N",
    fallback: undefined,
    help: "run the I-th of N parts of the test files, which take about as long as each other",
    expected: 'a part and the number of parts, such as "2/4" for the second of four',
    schema: shardSchema,
  },
  passWithNoTests: yesNo(false, "succeed where there is no test to run"),
  testRecord: text(
    undefined,
    "FILE",
    "where times and failures of the last run are kept; default: luacov-ts/tests.json in the temp-dir",
  ),
  testReporter: {
    ...list(
      ["default"],
      "NAME[=FILE]",
      `how test results are shown: ${testReporterNames.join(", ")}, or a module's path`,
    ),
    values: testReporterNames,
  },
} as const;

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
