import { expect } from "vitest";
import { testWith } from "../support/tools.js";
import { type EngineName, engines, type Ran, runApart, runOn, toolsOf } from "./contract.js";

/** A program, and how it ends: `failed` with a part of the message and, behind `|`, of the traceback. */
const ends: readonly (readonly [text: string, end: string])[] = [
  ["return 1", "returned"],
  ["os.exit(3)", "exited 3"],
  ["pcall(os.exit, 4)", "exited 4"],
  ["coroutine.wrap(function() os.exit(5) end)()", "exited 5"],
  ["pcall(error, 'caught') os.exit(0)", "exited 0"],
  ["error('boom')", "failed main.lua:1: boom"],
  ["error('boom', 0)", "failed boom"],
  ["\n\nlocal function f() error('deep') end\nf()", "failed main.lua:3: deep|main.lua:4: in"],
  ["error(setmetatable({}, { __tostring = function() return 'an object' end }))", "failed an object"],
  ["error(nil)", "failed (error object is a nil value)"],
  ["error({ code = 7 })", "failed (error object is a table value: { code = 7 })"],
  ["local x <", "failed main.lua:1:"],
  ["require 'no.such.module'", "failed main.lua:1: module 'no.such.module' not found"],
  ["coroutine.wrap(function() error('inside') end)()", "failed main.lua:1: main.lua:1: inside"],
];

/** A program, its arguments, and what it writes. */
const outputs: readonly (readonly [text: string, args: readonly string[], told: readonly string[]])[] = [
  ["print(select('#', ...), ...)", ["a", "", "c d"], ["out: 3\ta\t\tc d\n"]],
  ["print(arg[0], arg[1], #arg)", ["x"], ["out: %s/main.lua\tx\t1\n"]],
  ["print(debug.getinfo(1, 'S').source, debug.getinfo(1, 'S').what)", [], ["out: @%s/main.lua\tmain\n"]],
  ["io.write('a') io.stderr:write('b') io.write('c')", [], ["out: ac", "err: b"]],
  ["io.write('zero\\0byte\\255\\r\\n')", [], ["out: zero\0byte\xff\r\n"]],
  ["print(os.getenv('CONTRACT'))", [], ["out: yes\n"]],
  ["io.stdout:close() io.stderr:write('still here')", [], ["err: still here"]],
  ["os.execute('echo child') print('parent')", [], ["out: child\nparent\n"]],
  ["print(require('m').name, package.loaded.m ~= nil)", [], ["out: module\ttrue\n"]],
];

/** All of these, in one run of an engine: what a start takes is most of what they take. */
function runAll(engine: EngineName): Promise<readonly Ran[]> {
  const module = { "m.lua": "return { name = 'module' }" };
  const environment = { CONTRACT: "yes" };
  const file = "main.lua";
  return runApart(engine, [
    ...ends.map(([text]) => ({ file, files: { [file]: text } })),
    ...outputs.map(([text, args]) => ({ file, files: { [file]: text, ...module }, args, environment })),
  ]);
}

const spec = `print("before")
describe("block", function()
  it("passes", function() io.write("in ") end)
  it("warns", function() io.stderr:write("error ") end)
  it("fails", function() print("here") error("no") end)
  pending("waits")
end)
print("after")`;

const hangs = [
  "while true do end",
  "coroutine.wrap(function() while true do end end)()",
  "while true do pcall(error) end",
  "os.execute('sleep 1000')",
  `os.execute("trap '' TERM INT; sleep 1000; sleep 1000")`,
];

for (const engine of engines) {
  const testOn = testWith(...toolsOf(engine));
  let all: Promise<readonly Ran[]> | null = null;
  const ranOf = async (index: number) => {
    all ??= runAll(engine);
    return (await all)[index];
  };

  testOn.for(ends)(`${engine}: %s ends as it says`, async (given) => {
    const [, end] = given;
    const ran = await ranOf(ends.indexOf(given));
    const [start = "", traceback = ""] = end.split("|");
    expect(endOf(ran?.exit)).toContain(start);
    expect(ran?.exit.kind === "failed" ? ran.exit.traceback : "").toContain(traceback);
  });

  testOn.for(outputs)(`${engine}: %s writes the same`, async (given) => {
    const [, , told] = given;
    const ran = await ranOf(ends.length + outputs.indexOf(given));
    expect(sorted(ran?.told ?? [])).toEqual(sorted(told));
    expect(ran?.exit).toEqual({ kind: "returned" });
  });

  testOn(`${engine}: programs share no state`, async () => {
    const files = {
      "a.lua": "x = 1 string.y = 2 package.loaded.z = 3",
      "b.lua": "print(x, string.y, package.loaded.z)",
    };
    const [, second] = await runOn(engine, files, [{ file: "a.lua" }, { file: "b.lua" }]);
    expect(second?.told).toEqual(["out: nil\tnil\tnil\n"]);
  });

  testOn(`${engine}: tests and what they write come in the order in which they happened`, async () => {
    const [ran] = await runOn(engine, { "a_spec.lua": spec }, [{ file: "a_spec.lua", style: "spec" }]);
    expect(ran?.told).toEqual([
      "out: before\nafter\n",
      "start block passes",
      "out: in ",
      "success block passes",
      "start block warns",
      "err: error ",
      "success block warns",
      "start block fails",
      "out: here\n",
      "error block fails",
      "start block waits",
      "pending block waits",
      "complete",
    ]);
    expect(ran?.exit).toEqual({ kind: "returned" });
  });

  testOn(
    `${engine}: a limit of time ends whatever a program does, and leaves the tests before it`,
    async () => {
      const runs = hangs.map(async (text) => {
        const files = { "a_spec.lua": `it("first", function() end)\nit("hangs", function() ${text} end)` };
        const [ran] = await runOn(engine, files, [{ file: "a_spec.lua", style: "spec" }], { timeout: 3 });
        return [text, ran?.told, endOf(ran?.exit).replace(/:\d+$/, "")];
      });
      const told = ["start first", "success first", "start hangs"];
      expect(await Promise.all(runs)).toEqual(hangs.map((text) => [text, told, "timed out %s/a_spec.lua"]));
    },
  );

  testOn(`${engine}: an abort ends a program that runs`, async () => {
    const abort = new AbortController();
    const files = { "main.lua": "print('runs') io.stdout:flush() while true do end" };
    const options = { signal: abort.signal };
    const [ran] = await runOn(engine, files, [{ file: "main.lua" }], options, ({ kind }) => {
      if (kind === "output") abort.abort();
    });
    expect(ran?.told).toEqual(["out: runs\n"]);
    expect(ran).toMatchObject({ exit: { kind: "interrupted" }, interrupted: true });
  });

  testOn(`${engine}: a limit of memory ends a program that takes more`, async () => {
    const text = "local t = {} for i = 1, 1e9 do t[i] = ('x'):rep(1e5) .. i end";
    const [ran] = await runOn(engine, { "main.lua": text }, [{ file: "main.lua" }], { maxMemory: 150 });
    expect(endOf(ran?.exit)).toMatch(/^out of memory|ran out of memory|not enough memory/);
  });
}

function endOf(exit: Awaited<ReturnType<typeof runOn>>[number]["exit"] | undefined): string {
  switch (exit?.kind) {
    case "exited":
      return `exited ${exit.code}`;
    case "failed":
      return `failed ${exit.message.replace(/\/\S*\/(?=main\.lua)/g, "")}`;
    case "timed out":
    case "out of memory":
      return `${exit.kind} ${exit.place.replace(/^.*\/(?=[^/]*$)/, "%s/")}`;
    default:
      return exit?.kind ?? "did not run";
  }
}

/** Two streams without anything told in between have no order. */
function sorted(told: readonly string[]): string[] {
  const joined = { "out: ": "", "err: ": "" };
  for (const each of told) {
    const stream = each.startsWith("out: ") ? "out: " : "err: ";
    joined[stream] += each.slice(stream.length);
  }
  return Object.entries(joined).map(([stream, text]) => stream + text);
}
