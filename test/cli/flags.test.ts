import { expect, test } from "vitest";
import { parseCommandLine } from "../../src/cli/arguments/flags.js";

/** A command line, then what it asks for besides nothing. */
const lines: readonly (readonly [argv: readonly string[], asked: object])[] = [
  [[], {}],
  [["a.lua", "b"], { positionals: ["a.lua", "b"] }],
  [["a", "--", "--all", "--"], { positionals: ["a"], args: ["--all", "--"] }],
  [["--", "a"], { args: ["a"] }],
  [["--all", "--no-clean"], { options: { all: true, clean: false } }],
  [["--all", "--no-all"], { options: { all: false } }],
  [["--no-all", "--all"], { options: { all: true } }],
  [["--lines", "90", "--branches=0.5"], { options: { lines: 90, branches: 0.5 } }],
  [["--lines", "1", "--lines", "2"], { options: { lines: 2 } }],
  [["--include", "a", "--include=b"], { options: { include: ["a", "b"] } }],
  [["--report-dir", "out", "--per-file"], { options: { reportDir: "out", perFile: true } }],
  [
    ["--watermarks", "lines=1,2", "--watermarks=branches=3,4.5"],
    { options: { watermarks: { lines: [1, 2], branches: [3, 4.5] } } },
  ],
  [["--nycrc-path", "my.json", "--debug-files"], { nycrcPath: "my.json", debugFiles: true }],
  [["--lines", "1", "exec", "p.lua", "--all", "x"], { options: { lines: 1 }, lua: ["p.lua", "--all", "x"] }],
  [["exec", "p.lua", "--", "-e", "--"], { lua: ["p.lua", "-e", "--"] }],
  [["exec", "-e", "x", "--", "p.lua"], { lua: ["-e", "x", "--", "p.lua"] }],
  [["--profile-mode", "exact"], { options: { profileMode: "exact", profile: true } }],
  [["--per-test", "--no-profile"], { options: { perTest: true, profile: false } }],
  [["--no-per-test"], { options: { perTest: false } }],
  [["run", "p.lua"], { positionals: ["run", "p.lua"], lua: ["p.lua"] }],
  [
    ["--all", "run", "--lines", "1", "p.lua", "--", "a", "--", "--all"],
    {
      positionals: ["run", "p.lua"],
      args: ["a", "--", "--all"],
      lua: ["p.lua", "a", "--", "--all"],
      options: { all: true, lines: 1 },
    },
  ],
  [["run", "-", "--", "x"], { positionals: ["run", "-"], args: ["x"], lua: ["-", "x"] }],
  [["test", "run"], { positionals: ["test", "run"] }],
  [["--reporter", "exec", "test"], { options: { reporter: ["exec"] }, positionals: ["test"] }],
  [
    ["--lua", "5.4", "trace", "--depth", "2", "--sandbox", "-o", "f", "--file=a", "p.lua", "--depth", "x"],
    {
      positionals: ["trace"],
      lua: ["p.lua", "--depth", "x"],
      options: { lua: ["5.4"], sandbox: true },
      trace: { depth: 2, output: "f", file: ["a"] },
    },
  ],
  [["trace", "p.lua", "--", "x"], { positionals: ["trace"], lua: ["p.lua", "--", "x"], trace: {} }],
  [
    ["debug", "--break", "src/a.lua:2 if n > 1", "--break=f", "--break-on-failure", "test", "--", "x"],
    {
      positionals: ["debug", "test"],
      args: ["x"],
      debug: { break: ["src/a.lua:2 if n > 1", "f"], breakOnFailure: true },
    },
  ],
  [
    ["debug", "--log", "l.txt", "--skip", "^lib/", "--break-on-error"],
    { positionals: ["debug"], debug: { breakOnError: true, skip: ["^lib/"], log: "l.txt" } },
  ],
  [["--bail"], { options: { bail: 1 } }],
  [["--bail", "a.lua"], { options: { bail: 1 }, positionals: ["a.lua"] }],
  [["--bail", "3", "a.lua"], { options: { bail: 3 }, positionals: ["a.lua"] }],
  [["--bail=3"], { options: { bail: 3 } }],
  [["--bail", "exec", "a.lua"], { options: { bail: 1 }, lua: ["a.lua"] }],
  [["--rerun-failed"], { rerunFailed: true }],
  [["--watch"], { watch: true }],
  [["-h"], { help: true }],
  [["-v"], { version: true }],
];

test.for(lines)("%j asks for %j", ([argv, asked]) => {
  const nothing = {
    positionals: [],
    args: [],
    lua: null,
    command: null,
    options: {},
    trace: null,
    debug: null,
    debugFiles: false,
    rerunFailed: false,
    watch: false,
    help: false,
    version: false,
  };
  expect(parseCommandLine(argv)).toEqual({ ...nothing, ...asked });
});
