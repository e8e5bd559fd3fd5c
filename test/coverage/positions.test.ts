import { expect, test } from "vitest";
import type { FileCoverageData } from "../../src/types.js";
import { measure } from "../support/measure.js";

/** Every statement as the text between its start and end, cut out of the file as Istanbul reads it. */
function statementTexts(source: string | Uint8Array): string[] {
  const text = Buffer.from(source).toString("utf8");
  const { coverage } = measure(source);
  return Object.values(coverage.statementMap).map(({ start, end }) => {
    const lines = text.split(/\r?\n|\r/).slice(start.line - 1, end.line);
    const last = lines.length - 1;
    lines[last] = (lines[last] ?? "").slice(0, end.column);
    lines[0] = (lines[0] ?? "").slice(start.column);
    return lines.join("\n");
  });
}

test.each<[string, string | Uint8Array, string[]]>([
  ["tabs", "\tlocal a = 1;\t\tlocal b = 2", ["local a = 1", "local b = 2"]],
  [
    "multi-byte characters",
    'local s = "äöü€😀" local t = s --[[ ß ]] local u',
    ['local s = "äöü€😀"', "local t = s", "local u"],
  ],
  [
    "bytes that are not UTF-8",
    Buffer.from('local s = "\xe4\xff\xe4" local t', "latin1"),
    ['local s = "\ufffd\ufffd\ufffd"', "local t"],
  ],
  ["CRLF", "local a = 1\r\nlocal b =\r\n  2\r\n", ["local a = 1", "local b =\n  2"]],
  ["a lone CR", "local a = 1\rlocal b = 2", ["local a = 1", "local b = 2"]],
  ["a shebang line", "#!/usr/bin/env lua\nlocal a = 1", ["local a = 1"]],
  ["a byte order mark", "\ufefflocal a = 1", ["local a = 1"]],
  ["a byte order mark and a shebang line", "\ufeff#!lua\nlocal a = 1", ["local a = 1"]],
  [
    "long strings and escaped newlines",
    "local a = [==[\n\n]==] local b = 'x\\\ny' local c = 'p\\z  \n q'",
    ["local a = [==[\n\n]==]", "local b = 'x\\\ny'", "local c = 'p\\z  \n q'"],
  ],
  ["semicolons and labels", ";;local a = 1;::l::;do local b end;", ["local a = 1", "local b"]],
  ["an empty file", "", []],
  ["comments alone", "-- nothing\n--[[ here ]]", []],
])("the ranges of statements: %s", (_name, source, expected) => {
  expect(statementTexts(source)).toEqual(expected);
});

test("every place is unique and none is empty", () => {
  const { coverage } = measure(`
    local t = { function() return 1 end, function() return 2 end, f = function(a, b) return a and b or a == b end }
    for _, f in ipairs(t) do if f() then if t then t.f(1) elseif f then f() else f() end end end
    while t and not t.x do t.x = t and (t or t) repeat local z = 1 until z and (z or t) end
    for i = 1, 2 do for j = 1, 2 do while false do end end end
  `);
  for (const places of [statements(coverage), functions(coverage), branches(coverage), firstArms(coverage)]) {
    expect(new Set(places).size).toBe(places.length);
    for (const place of places) expect(place).not.toMatch(/^(\d+:\d+)-\1$/);
  }
});

type Range = FileCoverageData["statementMap"][string];
const key = ({ start, end }: Range) => `${start.line}:${start.column}-${end.line}:${end.column}`;
const statements = ({ statementMap }: FileCoverageData) => Object.values(statementMap).map(key);
const functions = ({ fnMap }: FileCoverageData) => Object.values(fnMap).map(({ loc }) => key(loc));
const branches = ({ branchMap }: FileCoverageData) => Object.values(branchMap).map(({ loc }) => key(loc));
const firstArms = ({ branchMap }: FileCoverageData) =>
  Object.values(branchMap).flatMap(({ locations: [first] }) => (first === undefined ? [] : [key(first)]));
