import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { testWith } from "../../support/tools.js";

/** Each in fengari, in an embedded Lua of PUC-Rio's, and in one of the user's. */
const some = [
  ["fengari", testWith()],
  ["5.1", testWith()],
  ["luajit", testWith("luajit")],
] as const;

const program = {
  "main.lua": `local shapes = require "src.shapes"
print(shapes.area(2, 3), ...)
local co = coroutine.wrap(function() shapes.area(1, 1) end)
co()
os.exit(3)
`,
  "src/shapes.lua": `local shapes = {}
local function times(a, b)
  return a * b
end
function shapes.area(a, b)
  local area = times(a, b)
  return area
end
return shapes
`,
};

/** What is behind the name of a function, which `programs.test.ts` is about. */
const behindName = /((?:->|<-) (?:\([a-z ]+\)|[^( ]+)).*/i;

/** What of it is shown, in each Lua, but for lines that LuaJIT repeats, and values. */
const filters: readonly (readonly [flags: readonly string[], trace: string])[] = [
  [
    ["--events", "calls", "--depth", "1"],
    `
[C]                     -> require
src/shapes.lua:5        -> shapes.area
src/shapes.lua:7        <- shapes.area
[C]                     -> print
[C]                     -> coroutine.wrap
[C]                     -> (in C)
                        -- coroutine 2
main.lua:3              -> (anonymous)
main.lua:3              <- (anonymous)
                        -- coroutine 1
[C]                     <- (in C)
[C]                     -> os.exit
`,
  ],
  [
    ["--events", "lines", "--depth", "0"],
    `
main.lua:1              local shapes = require "src.shapes"
main.lua:2              print(shapes.area(2, 3), ...)
main.lua:3              local co = coroutine.wrap(function() shapes.area(1, 1) end)
main.lua:4              co()
main.lua:5              os.exit(3)
`,
  ],
  [
    ["--file", "src/**", "--function", "area", "--events", "calls"],
    `
src/shapes.lua:5        -> shapes.area
src/shapes.lua:2          -> times
src/shapes.lua:3          <- times
src/shapes.lua:7        <- shapes.area
                        -- coroutine 2
src/shapes.lua:5          -> shapes.area
src/shapes.lua:2            -> times
src/shapes.lua:3            <- times
src/shapes.lua:7          <- shapes.area
`,
  ],
  [
    ["--function", "times", "--function", "nothing"],
    `
src/shapes.lua:2          -> times
src/shapes.lua:3            return a * b
src/shapes.lua:3          <- times
                        -- coroutine 2
src/shapes.lua:2            -> times
src/shapes.lua:3              return a * b
src/shapes.lua:3            <- times
`,
  ],
  [
    ["--file", "!{src,lib}/*.lua", "--events", "calls", "--function", "area", "--function", "print"],
    "\n[C]                     -> print\n",
  ],
];

for (const [lua, testIn] of some) {
  testIn(`${lua} shows what is asked for, in a file`, async () => {
    const folder = makeFolder(program);
    for (const [flags, trace] of filters) {
      const ended = await runCli(folder, [
        "trace",
        "--lua",
        lua,
        "-o",
        "trace.txt",
        ...flags,
        "main.lua",
        "--",
        "x",
      ]);
      expect(ended).toEqual({ code: 3, stdout: "6\tx\n", stderr: "" });
      const lines = readFileSync(path.join(folder, "trace.txt"), "utf8").split("\n");
      // LuaJIT tells a line again, as above.
      const told = lines.filter((line, index) => line !== lines[index - 1] || line === "");
      const named = told.map((line) => line.replace(behindName, "$1"));
      expect(named.join("\n"), flags.join(" ")).toEqual(trace.slice(1));
    }
  });
}

test.for(["fengari", "5.4"])(
  "%s: a trace is there when a program is ended, and says nothing of that",
  async (lua) => {
    const folder = makeFolder({ "main.lua": "local function spin() while true do end end\npcall(spin)\n" });
    const flags = ["--lua", lua, "--timeout", "0.5", "--events", "calls"];
    const { code, stderr } = await runCli(folder, ["trace", ...flags, "main.lua"]);
    const trace =
      "[C]                     -> pcall(function spin)\nmain.lua:1                -> spin()\nlua: timed out at main.lua:1\n";
    expect([code, stderr.slice(0, trace.length)]).toEqual([1, trace]);
  },
);

for (const [lua, testIn] of some) {
  testIn(`${lua}: after so many lines a trace ends, and the program goes on`, async () => {
    const text =
      "local function f() return 1 end\nfor _ = 1, 2e5 do f() end\nprint(debug.gethook() == nil)\n";
    const flags = ["--lua", lua, "--limit", "2", "--events", "calls"];
    const ended = await runCli(makeFolder({ "main.lua": text }), ["trace", ...flags, "main.lua"]);
    const [call, back, ...rest] = ended.stderr.split("\n");
    expect([call, back?.replace(/ = 1$/, "")]).toEqual([
      "main.lua:1              -> f()",
      "main.lua:1              <- f",
    ]);
    expect(rest).toEqual(["-- the trace ends after 2 lines, as --limit says; the program goes on", ""]);
    expect([ended.code, ended.stdout]).toEqual([0, "true\n"]);
  });
}

for (const [lua, testIn] of some) {
  testIn(`${lua}: hooks and tracebacks of a program are as they were, and errors end it`, async () => {
    const text = `local lines = 0
debug.sethook(function() lines = lines + 1 end, "l")
local x = 1
debug.sethook()
assert(lines == 2 and debug.gethook() == nil)
assert(not debug.traceback():find "agent")
error "over"
`;
    const { code, stderr } = await runCli(makeFolder({ "main.lua": text }), [
      "trace",
      "--lua",
      lua,
      "main.lua",
    ]);
    const lines = stderr.split("\n").filter((line) => line.startsWith("main.lua:"));
    const numbers = lines.map((line) => line.replace(/^main\.lua:(\d) .*$/, "$1"));
    expect([...new Set(numbers)].join(" ")).toBe("1 2 3 4 5 6 7");
    expect([code, stderr]).toEqual([1, expect.stringContaining(": main.lua:7: over\nstack traceback:\n")]);
  });
}

test("bytes of sources and names are as they are", async () => {
  const source = Buffer.concat([
    Buffer.from('local x = "'),
    Buffer.of(0xe9, 0x00, 0xff),
    Buffer.from('" \r\n'),
  ]);
  const folder = makeFolder({ "main.lua": 'dofile "é.lua"\n', "é.lua": source });
  for (const lua of ["fengari", "5.4"]) {
    await runCli(folder, [
      "trace",
      "--lua",
      lua,
      "--output",
      "out",
      "--events",
      "lines",
      "--file",
      "é.*",
      "main.lua",
    ]);
    const row = Buffer.concat([Buffer.from("é.lua:1".padEnd(28)), source.subarray(0, -3), Buffer.from("\n")]);
    expect(readFileSync(path.join(folder, "out"))).toEqual(row);
  }
});

test("on a terminal, or where colours are asked for, places are dim and names cyan", async () => {
  const folder = makeFolder({ "main.lua": "print()\n" });
  const row = "\u001b[2m[C]\u001b[22m                     -> \u001b[36mprint\u001b[39m()\n";
  for (const lua of ["fengari", "5.4"]) {
    const colors = { NO_COLOR: "", FORCE_COLOR: "1" };
    const { stderr } = await runCli(folder, ["trace", "--lua", lua, "--events", "calls", "main.lua"], colors);
    expect(stderr).toBe(row);
  }
});

/** Arguments, then the one sentence on standard error. */
const mistakes: readonly (readonly [args: readonly string[], sentence: string])[] = [
  [
    ["trace"],
    "trace takes a Lua script, or tests, as in: luacov-ts trace script.lua arguments; see luacov-ts --help",
  ],
  [
    ["trace", "test/*.lua", "--limit", "5"],
    "trace takes its options before the tests, as in: luacov-ts trace --limit … test/*.lua; see luacov-ts --help",
  ],
  [["trace", "none.lua"], 'There is no Lua script "none.lua" in <folder> to run'],
  [
    ["trace", "--depth", "-1", "main.lua"],
    '"depth" in the given options is -1, but must be a whole number from 0 to 1000000',
  ],
  [
    ["trace", "--limit", "0", "main.lua"],
    '"limit" in the given options is 0, but must be a whole number from 1 to 9007199254740991',
  ],
  [
    ["trace", "--events", "call", "main.lua"],
    '"events" in the given options is "call", but must be one of "calls", "lines", "all"',
  ],
  [
    ["trace", "--file", "[a-z].lua", "main.lua"],
    'trace cannot look for "[a-z].lua": of globs it knows *, **, ? and braces, as Lua\'s own patterns are to say it',
  ],
  [
    ["trace", "-o", "main.lua/x", "main.lua"],
    "Cannot write to <folder>/main.lua/x: a file is where a folder must be; name another place, or remove that file",
  ],
  [
    ["trace", "--sandbox", "-o", "../x", "main.lua"],
    expect.stringMatching(/^The sandbox allows no trace outside the project, as .*x would be; leave/),
  ],
  [
    ["run", "--depth", "1", "main.lua"],
    "--depth is an option of trace, as in: luacov-ts trace --depth … script.lua; see luacov-ts --help",
  ],
  [
    ["trace", "--lua", "5.4", "--max-instructions", "9", "main.lua"],
    "max-instructions does not go with trace: both need Lua's hook, and what one executes in it would count for the other; leave one of them out",
  ],
];

test.for(mistakes)("%s is a mistake", async ([args, sentence]) => {
  const { code, stdout, stderr } = await runCli(makeFolder({ "main.lua": "" }), args);
  expect({ code, stdout, stderr: stderr.replace(/^ERROR: /, "").trimEnd() }).toEqual({
    code: 2,
    stdout: "",
    stderr: sentence,
  });
});
