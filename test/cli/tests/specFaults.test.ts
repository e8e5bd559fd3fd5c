import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { TestResult } from "../../../src/types.js";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";
import { differs } from "../../support/luaDifferences.js";

/** The body of a test between two others that succeed, then how it ends and which of the last ones still runs. */
interface Fault {
  readonly body: string;
  readonly status: string;
  readonly message: RegExp;
  readonly goesOn: boolean;
}

const died = { status: "error", goesOn: false } as const;

const faults: Readonly<Record<string, Fault>> = {
  loop: { body: "while true do end", message: /^timed out at .*loop_spec\.lua:3/, ...died },
  loopInPcall: {
    body: "while true do pcall(function() while true do end end) end",
    message: /^timed out at /,
    ...died,
  },
  allocate: {
    body: "local t = {} while true do t[#t + 1] = { 1, 2, 3, {}, {}, {} } end",
    message: differs("memory of a test") ? /not enough memory; --max-memory sets/ : /out of memory/,
    status: "error",
    goesOn: differs("memory of a test"),
  },
  exit: { body: "os.exit(0)", message: /^os\.exit was called with code 0 before the tests/, ...died },
  exitInCoroutine: { body: "coroutine.wrap(function() os.exit(3) end)()", message: /code 3 before/, ...died },
  closeStdout: {
    body: "io.stdout:close() print('unheard')",
    status: "success",
    message: /^$/,
    goesOn: true,
  },
  throwTable: { body: "error({ code = 7 })", status: "error", message: /code = 7/, goesOn: true },
  throwNil: { body: "error()", status: "error", message: /Nil error$/, goesOn: true },
  yield: {
    body: "coroutine.yield(1)",
    status: "error",
    message: /outside a coroutine|across (metamethod\/)?C-call boundary/,
    goesOn: true,
  },
  overflow: {
    body: "local function f() return 1 + f() end f()",
    status: "error",
    // LuaJIT's handler of errors may find no room itself.
    message: /stack overflow|error in error handling/,
    goesOn: true,
  },
  child: {
    body: "assert(os.execute(arg[-1] .. ' child.lua'))",
    status: "success",
    message: /^$/,
    goesOn: true,
  },
  deletesItself: {
    body: "os.remove('spec/deletesItself_spec.lua') error('gone')",
    status: "error",
    message: /deletesItself_spec\.lua:3: gone/,
    goesOn: true,
  },
  breaksLua: {
    body: "local G = _G for k in pairs(string) do string[k] = nil end for k in pairs(G) do G[k] = nil end",
    status: "success",
    message: /^$/,
    goesOn: true,
  },
};

function faultOf(name: string): Fault {
  const fault = faults[name];
  if (fault === undefined) throw new Error(`no fault ${name}`);
  return fault;
}

const specOf = (name: string) => `describe("a", function()
it("first", function() end)
it("faulty", function() ${faultOf(name).body} end)
it("last", function() end)
end)`;

interface Report {
  readonly files: readonly { readonly file: string; readonly results: readonly TestResult[] }[];
}

/** Runs the specs of the given faults and looks at what is said of each. */
async function check(names: readonly string[], flags: readonly string[]): Promise<string> {
  const specs = names.map((name) => [`spec/${name}_spec.lua`, specOf(name)]);
  const folder = makeFolder({ ...Object.fromEntries(specs), "child.lua": "local x = 1\nreturn x" });
  const file = path.join(folder, "results.json");
  const reporters = ["--reporter", "json", "--test-reporter", `json=${file}`];
  const { code } = await runCli(folder, [...flags, ...reporters, "spec"]);
  expect(code).toBe(1);
  const { files }: Report = JSON.parse(readFileSync(file, "utf8"));
  for (const name of names) {
    const { status, message, goesOn } = faultOf(name);
    const results = files.find((each) => path.basename(each.file, "_spec.lua") === name)?.results ?? [];
    const expected = ["success", status, ...(goesOn ? ["success"] : [])];
    expect(
      results.map((result) => result.status),
      name,
    ).toEqual(expected);
    expect(results[1]?.names, name).toEqual(["a", "faulty"]);
    expect(results[1]?.message, name).toMatch(message);
  }
  return folder;
}

const endless = ["loop", "loopInPcall"];
const greedy = ["allocate"];

test("a test that never ends fails with what was running; the tests before it and other files count", async () => {
  await check(endless, ["--timeout", "3"]);
});

test("a test that takes all memory fails, and the files beside it do not", async () => {
  await check([...greedy, "throwNil"], ["--max-memory", "64"]);
});

test("whatever a test does, nothing that came before is lost, and the other files run", async () => {
  const names = Object.keys(faults).filter((name) => ![...endless, ...greedy].includes(name));
  const folder = await check(names, []);
  const coverage = JSON.parse(readFileSync(path.join(folder, "coverage/coverage-final.json"), "utf8"));
  expect(Object.keys(coverage)).toEqual([path.join(folder, "child.lua")]);
});
