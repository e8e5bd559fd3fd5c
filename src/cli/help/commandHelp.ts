import type { CommandName } from "../../config/commands/commandNames.js";
import type { Row } from "./layout.js";

/** What help says of a command beside its options. */
export interface CommandHelp {
  /** What is typed, behind the program's name. */
  readonly usage: string;
  readonly summary: string;
  readonly details?: string;
  /** Behind the program's name. */
  readonly examples: readonly Row[];
}

export const commandHelp: Readonly<Record<CommandName, CommandHelp>> = {
  "test-run": {
    usage: "[options] [file, folder, glob, file:line …] [-- arguments]",
    summary: "run tests, and measure what they cover",
    details:
      "Without operands, the tests are those in the folders test, tests and spec. A folder means the files with _spec in their names when it has any, as in busted, else every .lua file in it. What follows -- are arguments of the tests; LuaUnit takes them for its own options.",
    examples: [
      ['"test/**/*.lua"', "these test files"],
      ["spec/parser_spec.lua:42", "the test at that line"],
      ["--lua 5.1 --lua luajit --tags fast spec", "specs with the tag #fast, in two Luas"],
      ["--check-coverage --lines 90 --reporter lcov", "fail below 90 % of the lines, and write lcov.info"],
    ],
  },
  init: {
    usage: "init [--dry-run]",
    summary: "look at the project, and write a configuration that works",
    details:
      "It writes luacov-ts.config.jsonc, with the reason for each key, where the project needs any. A configuration that is there stays as it is; what it lacks is shown.",
    examples: [["init --dry-run", "what it would write, and why"]],
  },
  doctor: {
    usage: "doctor [options]",
    summary: "say what would run and be measured here, and what not and why",
    details: "It runs no test. The exit code is 1 where there is something to mend.",
    examples: [
      ["doctor", "the project of the current folder"],
      ["doctor --lua luajit", "what would run in another Lua"],
    ],
  },
  run: {
    usage: "run [options] SCRIPT [-- arguments]",
    summary: "run any Lua program, and measure it",
    examples: [
      ["run script.lua -- input.txt", "a script with an argument"],
      [
        "run --lua luajit --reporter html-lua --open script.lua",
        "in a Lua of yours, with the pages in the browser",
      ],
    ],
  },
  exec: {
    usage: "[options] exec [options of lua] [script [--] [arguments]]",
    summary: "the same, with the options of lua",
    details:
      "Options of luacov-ts come before exec; what follows it is for lua: -e, -l, -v, -E, - and a script.",
    examples: [
      ["exec -e \"print(require('src.m').name)\"", "a line of Lua"],
      ["--lua 5.1 exec -l src.strict script.lua a b", "a script, with a module loaded before it"],
    ],
  },
  cover: {
    usage: "cover [options] -- COMMAND [arguments]",
    summary: "run any command, and measure the Lua programs that it starts",
    examples: [
      ["cover -- busted -o TAP", "busted as it is installed"],
      ["cover --check-coverage --lines 90 -- make test", "whatever make starts"],
    ],
  },
  trace: {
    usage: "trace [options] SCRIPT [arguments] | tests… [-- arguments]",
    summary: "run a Lua program, or tests, and show what they call",
    examples: [
      ["trace --events calls --depth 2 script.lua input.txt", "which functions call each other, two deep"],
      ['trace --file "src/**" --output trace.txt script.lua', "what happens in some files, into a file"],
      ['trace --function parse --name "parser reads numbers" spec', "the calls of a function in one test"],
    ],
  },
  profile: {
    usage: "profile [options] [SCRIPT | tests…] [-- arguments]",
    summary: "find out where the time of tests, or of a script, goes",
    examples: [
      ["profile", "all tests"],
      [
        "profile --profile-mode exact --lua lua5.4 run.lua -- a b",
        "each call of a script, in a Lua of yours",
      ],
      ["profile --profile-reporter flamegraph --open spec", "specs, as a flame graph in the browser"],
    ],
  },
  debug: {
    usage: "debug [options] [SCRIPT | tests…] [-- arguments]",
    summary: "run a Lua program, or tests, in a debugger",
    examples: [
      ['debug --break "src/parser.lua:42 if depth > 3" script.lua', "stop there under a condition"],
      ["debug --break-on-failure spec/parser_spec.lua", "stop where a test fails"],
      ["debug --listen 4711 spec", "wait for an editor that attaches"],
    ],
  },
  dap: {
    usage: "dap [--port N]",
    summary: "debug in an editor that speaks the Debug Adapter Protocol",
    details:
      "Without --port it speaks over standard input and output; with it, it waits for editors at 127.0.0.1 and says the token that they need. --port 0 takes any port that is free.",
    examples: [["dap --port 4711", "wait for editors"]],
  },
  agent: {
    usage: "agent",
    summary: "print the Lua file that hosts without LUA_INIT run first",
    examples: [["agent", "the path of that file"]],
  },
  report: {
    usage: "report [options]",
    summary: "write the reports of the last run again",
    examples: [
      ["report --reporter html-lua --open", "as pages, in the browser"],
      ["report --temp-dir maps --check-coverage --lines 90", "of coverage maps that were brought together"],
      ["report --stats luacov.stats.out --reporter lcov", "of what LuaCov has measured"],
    ],
  },
  mutate: {
    usage: "mutate [options] [source, folder, glob, source:line …]",
    summary: "change sources, and say which changes no test notices",
    details:
      "Each mutant is one change, as < in place of <=. It runs against the tests that cover its place alone, in a copy of the project, without write access to anything else. Without operands there are mutants of all measured sources; the tests are those of a run without operands. What is found out is kept: the next run tries what has changed.",
    examples: [
      ["mutate src/parser.lua", "the mutants of a source"],
      ["mutate --since main --mutation-score 80", "of what was changed since main; fail below 80 %"],
      ["mutate --list src/parser.lua:40-60", "which mutants some lines have, without running any"],
    ],
  },
  "check-coverage": {
    usage: "check-coverage [options]",
    summary: "check the last run against the thresholds",
    examples: [
      ["check-coverage --lines 90 --branches -3", "90 % of the lines, and at most three branches uncovered"],
      ["check-coverage --since main --changed-lines 100", "what was changed since main"],
    ],
  },
  annotate: {
    usage: "annotate [options] FILE…",
    summary: "show sources with how often their lines ran",
    details: "It also says in words what never happened: ways not taken, conditions that were always true.",
    examples: [
      ["annotate src/parser.lua", "a source by its path, or by the end of it"],
      ["annotate --profile src/parser.lua", "with the time in each line"],
    ],
  },
  who: {
    usage: "who [options] FILE:LINE | FILE:FUNCTION | FUNCTION | FILE …",
    summary: "say which tests run a line, a function or a source",
    details:
      "A run with --by-test has to be there. The other way round, luacov-ts tests says what each test runs of sources.",
    examples: [
      ["who src/parser.lua:42", "the tests that run that line, and how often"],
      ["who --json Parser.parse", "those that call a function, in JSON"],
      ["tests src/parser.lua", "what each test runs of a source, and which add nothing"],
    ],
  },
  tests: {
    usage: "tests [options] [source, folder …]",
    summary: "say what each test runs of sources, and what it alone runs",
    details:
      "A run with --by-test has to be there. Without operands it is about all sources. Where there is a folder called tests, luacov-ts tests runs the tests in it, with those that other operands name; this command is meant there only if sources follow that the run with --by-test knows, as in luacov-ts tests . for all of them; --json does not change that. luacov-ts ./tests is always the folder, and luacov-ts help test-run is about running it.",
    examples: [
      ["tests", "of all sources, where there is no folder called tests"],
      ["tests .", "of all sources, also where there is one"],
      ["tests src/parser.lua", "what each test runs of a source, and which add nothing"],
      ["tests --json src", "of the sources of a folder, in JSON"],
    ],
  },
  merge: {
    usage: "merge [options] FOLDER [FILE]",
    summary: "add up the coverage maps of a folder",
    details: "Without FILE it writes coverage.json.",
    examples: [["merge maps all.json", "the sum of all maps in maps"]],
  },
  completion: {
    usage: "completion bash | zsh | fish",
    summary: "print what lets a shell complete what is typed",
    examples: [
      ["completion bash > ~/.local/share/bash-completion/completions/luacov-ts", ""],
      ['completion zsh > "$' + '{fpath[1]}/_luacov-ts"', ""],
      ["completion fish > ~/.config/fish/completions/luacov-ts.fish", ""],
    ],
  },
  help: {
    usage: "help [COMMAND | test-run | options | all]",
    summary: "show what a command takes, with examples, or all options",
    examples: [
      ["help report", "what report takes"],
      ["help test-run", "what a run of tests takes"],
      ["help options", "every option"],
    ],
  },
};
