import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../../support/cli.js";
import { makeFolder } from "../../support/folder.js";

/** What a script throws, and the message of its result. */
const thrown: readonly (readonly [thrown: string, message: string])[] = [
  ["{ code = 3 }", "(error object is a table value: { code = 3 })"],
  ["{}", "(error object is a table value: {})"],
  [
    "{ 1, 'two', nested = { deep = { er = { { 5 } } } } }",
    '{ 1, "two", nested = { deep = { er = { { ... } } } } })',
  ],
  [
    "{ ['a b'] = 1.5, [1.5] = 2, [-1] = 0, [true] = false }",
    '{ [true] = false, [-1] = 0, [1.5] = 2, ["a b"] = 1.5 })',
  ],
  ["{ text = 'a\\nb\\0c\\r' }", '{ text = "a\\nb\\0c\\13" })'],
  ["(function() local t = {} t.self = t return t end)()", "{ self = <cycle> })"],
  ["setmetatable({ 1 }, { __tostring = function() return 'own text' end })", "own text"],
  ["setmetatable({ 1 }, { __tostring = function() return 5 end })", "(error object is a table value: "],
  ["setmetatable({ a = 1 }, { __index = error, __pairs = error, __len = error })", "{ a = 1 })"],
  ["{ part = setmetatable({}, { __tostring = function() return 'a part' end }) }", "{ part = a part })"],
  ["(function() local t = {} for i = 1, 1000 do t[i] = i end return t end)()", "19, 20, ... })"],
  ["{ ('x'):rep(1000) }", `{ "${"x".repeat(120)}..." })`],
  ["nil", "(error object is a nil value)"],
  ["false", "(error object is a boolean value: false)"],
  ["print", "(error object is a function value)"],
];

test("a script that throws an error object shows what is in it, and where it was", async () => {
  const scripts = thrown.map(([text], index) => [`test/t${index + 10}.lua`, `require "m"\nerror(${text})`]);
  const folder = makeFolder({ "m.lua": "return 1", ...Object.fromEntries(scripts) });
  const report = path.join(folder, "results.json");
  await runCli(folder, ["--reporter", "none", "--test-reporter", `json=${report}`, "test"]);
  const { files } = JSON.parse(readFileSync(report, "utf8"));
  expect(files).toHaveLength(thrown.length);
  for (const [index, [text, message]] of thrown.entries()) {
    const [result] = files[index].results;
    expect([text, result.message]).toEqual([text, expect.stringContaining(message)]);
    expect([text, result.traceback]).toEqual([text, expect.stringContaining(`test/t${index + 10}.lua:2:`)]);
  }
});

test("a program's exit code is its own, whatever was measured, but for thresholds that are to be checked", async () => {
  const folder = makeFolder({ "p.lua": "os.exit(tonumber(arg[1] or 9))" });
  const code = async (...args: string[]) => (await runCli(folder, [...args])).code;
  const unmeasured = ["--reporter", "none", "--exclude", "p.lua"];
  for (const command of [
    ["run", "p.lua", "--"],
    ["exec", "p.lua"],
  ]) {
    expect(await code(...unmeasured, ...command, "0")).toBe(0);
    expect(await code(...unmeasured, ...command, "7")).toBe(7);
  }
  const missed = ["--reporter", "none", "--check-coverage", "--branches", "100", "run", "p.lua", "--"];
  const checked = ["--check-coverage", ...unmeasured, "run", "p.lua", "--"];
  expect([await code(...missed, "0"), await code(...missed, "7")]).toEqual([1, 7]);
  expect([await code(...checked, "0"), await code(...checked, "7")]).toEqual([1, 7]);
});
