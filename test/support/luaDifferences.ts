import { type TestAPI, test } from "vitest";
import { luas as natives } from "./debianLua.js";
import { embeddedLuas, type TestLua, testLua } from "./testLua.js";

/** All that are measured by probes. */
const luas: readonly TestLua[] = [...natives, ...embeddedLuas];

/** In which Luas our harness cannot do what it does in the embedded one, or does it otherwise, and why. */
interface Difference {
  readonly luas: readonly TestLua[];
  readonly reason: string;
}

/** Every respect in which tests of the harness expect something else of the user's Luas than of the embedded one. */
const differences = {
  "the embedded Lua": { luas, reason: "it is about the embedded Lua alone, or sets it beside a native one" },
  "the sandbox": {
    luas: natives,
    reason: "a sandbox holds the embedded Lua alone, and a native one is refused",
  },
  "what a call in C does": {
    luas: natives,
    reason:
      "whether a process is in a function of C is not to be seen from outside; it is ended all the same",
  },
  "counts of a call that never returns": {
    luas: natives,
    reason: "lua.c heeds SIGINT between two instructions, so the agent cannot leave counters before the end",
  },
  "a loop that heeds no signal": {
    luas: ["luajit"],
    reason: "code that LuaJIT has compiled looks for no hook, so it tells no place and leaves no counters",
  },
  "a coroutine that heeds no signal": {
    luas: natives,
    reason:
      "lua.c sets its hook for SIGINT in the main coroutine alone; another one that loops is ended unasked",
  },
  "an interruption that is caught": {
    luas: natives,
    reason:
      "lua.c makes an error of SIGINT, which a program may catch: then it goes on, until it is ended unasked",
  },
  "memory of one call": {
    luas: natives,
    reason: "the allocator is the Lua's own: a process that takes too much is ended, as the kernel would do",
  },
  "memory that is garbage": {
    luas: [...natives, "5.1"],
    reason:
      "a process is judged by what it holds, with garbage of about the size of the rest; 5.1 collects nothing when memory is used up",
  },
  "a program in C that is examined": {
    luas: embeddedLuas,
    reason: "its memory outlives its thread, so that its place is found in it",
  },
  "memory of a test": {
    luas: embeddedLuas,
    reason: "Lua's own error ends the test that wanted too much, and the next one runs",
  },
  "load without memory": {
    luas: embeddedLuas,
    reason: "load returns that there was not enough, as in Lua itself",
  },
  "a zero for a chunk": {
    luas: embeddedLuas,
    reason: "Lua reads a chunk as it comes, and stops at what is wrong in it",
  },
  "sources that a test writes": {
    luas,
    reason: "copies with probes are made before the tests begin, so that a later source is not measured",
  },
  "two files of one text": {
    luas,
    reason:
      "the agent knows sources by their text, and takes a file that is not measured for one that has its text",
  },
  "Lua's own command line": { luas, reason: "options of exec and its errors are those of the Lua itself" },
  "what 5.3 takes": {
    luas: ["lua5.1", "lua5.2", "lua5.4", "luajit", "5.1", "5.2", "5.4", "5.5"],
    reason: "its programs are written for 5.3: what os.execute returns, formats of read, LUA_PATH_5_3",
  },
  "names of chunks that are no files": {
    luas,
    reason: "the agent hears of files that are loaded, not of the names that a program gives to texts",
  },
  "counts in a folder that is removed": {
    luas,
    reason: "a native program leaves its counters in a folder of ours, which a test may remove",
  },
  "os.exit with a fraction": {
    luas: ["lua5.1", "lua5.2", "luajit", "5.1", "5.2"],
    reason: "until 5.3, numbers are cut to integers where C wants these",
  },
  "a float's point": {
    luas: ["lua5.1", "lua5.2", "luajit", "5.1", "5.2"],
    reason: "before 5.3, 2.0 is written 2",
  },
  "a file's close without a file": {
    luas: ["lua5.1", "lua5.2", "luajit", "5.1", "5.2"],
    reason: "there, io.stdout.close() without arguments closes the default output",
  },
  "texts of 5.4": {
    luas: ["5.5"],
    reason:
      "no Lua 5.5 is there to compare with; it writes floats with 17 digits, and functions by their callers' names first",
  },
  "a NUL in print": { luas: ["lua5.1", "5.1"], reason: "5.1 prints a text up to its first NUL" },
  "booleans for os.exit": { luas: ["lua5.1", "5.1"], reason: "5.1 takes numbers alone" },
  "a yield across pcall": { luas: ["lua5.1", "5.1"], reason: "in 5.1 no coroutine yields inside of a pcall" },
  "package.searchers": { luas: ["lua5.1", "luajit", "5.1"], reason: "5.1 calls them package.loaders" },
} as const satisfies Record<string, Difference>;

export type DifferenceName = keyof typeof differences;

/** Whether the Lua that tests run in differs in this respect. */
export function differs(name: DifferenceName): boolean {
  const { luas: own }: Difference = differences[name];
  return testLua !== null && own.includes(testLua);
}

/** Leaves a test out where the Lua differs; the reason is told at the end of the run. */
export function leaveOut(name: DifferenceName, skip: (note: string) => void): void {
  if (differs(name)) skip(`${testLua}: ${differences[name].reason}`);
}

/** `test` for what cannot be had with such a difference. */
export function testUnless(name: DifferenceName): TestAPI<{ difference: undefined }> {
  return test.extend<{ difference: undefined }>({
    difference: [
      async ({ skip }, use) => {
        leaveOut(name, skip);
        await use(undefined);
      },
      { auto: true },
    ],
  });
}
