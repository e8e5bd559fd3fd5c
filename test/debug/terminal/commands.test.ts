import { expect, test } from "vitest";
import { mayChange } from "../../../src/debug/luaText.js";
import { helpText } from "../../../src/debug/terminal/commands/help.js";
import { commandWords, parseCommand } from "../../../src/debug/terminal/commands/parse.js";

/** A line, then what it asks for. */
const lines: readonly (readonly [line: string, asked: object])[] = [
  ["s", { kind: "go", go: "in", times: 1 }],
  ["  step  ", { kind: "go", go: "in", times: 1 }],
  ["n 3", { kind: "go", go: "over", times: 3 }],
  ["f", { kind: "go", go: "out", times: 1 }],
  ["continue", { kind: "go", go: "continue", times: 1 }],
  ["y", { kind: "go", go: "switch", times: 1 }],
  ["until 12", { kind: "until", place: { file: null, line: 12 } }],
  ["until src/a b.lua:12", { kind: "until", place: { file: "src/a b.lua", line: 12 } }],
  ["u", { kind: "move", by: 1 }],
  ["down 2", { kind: "move", by: -2 }],
  ["bt", { kind: "trace" }],
  ["w", { kind: "list", file: null, lines: null }],
  ["w 12", { kind: "list", file: null, lines: { from: 12, to: 12, isAround: true } }],
  ["list a.lua:10-30", { kind: "list", file: "a.lua", lines: { from: 10, to: 30, isAround: false } }],
  ["l", { kind: "locals" }],
  ["globals", { kind: "globals", text: null }],
  ["globals conf", { kind: "globals", text: "conf" }],
  ["p a, b + 1", { kind: "evaluate", text: "a, b + 1", word: null }],
  ["e a = 1", { kind: "evaluate", text: "a = 1", word: null }],
  ["set a.b = 1", { kind: "evaluate", text: "a.b = 1", word: null }],
  ["b", { kind: "breakpoints" }],
  ["b 12", breakpoint({ file: null, line: 12 })],
  ["break src/a.lua:12", breakpoint({ file: "src/a.lua", line: 12 })],
  ["b C:\\a.lua:12", breakpoint({ file: "C:\\a.lua", line: 12 })],
  ["b M.add", breakpoint({ name: "M.add" })],
  ["b list:insert after 3", breakpoint({ name: "list:insert" }, null, 3)],
  [
    "b a.lua:12 if n > 3 and when == 'after 5' after 2",
    breakpoint({ file: "a.lua", line: 12 }, "n > 3 and when == 'after 5'", 2),
  ],
  ["tb 12", { ...breakpoint({ file: null, line: 12 }), isTemporary: true }],
  ["log 12 n is {n}", { kind: "log", place: { file: null, line: 12 }, text: "n is {n}" }],
  ["del 2", { kind: "delete", id: 2 }],
  ["del all", { kind: "delete", id: "all" }],
  ["errors", { kind: "errors", mode: null }],
  ["errors uncaught", { kind: "errors", mode: "uncaught" }],
  ["watch self.count", { kind: "watch", expression: "self.count" }],
  ["threads", { kind: "threads" }],
  ["thread 2", { kind: "thread", id: 2 }],
  ["sources", { kind: "sources" }],
  ["detach", { kind: "detach" }],
  ["q", { kind: "quit" }],
  ["help", { kind: "help" }],
  ["", { kind: "repeat" }],
  ["count", { kind: "evaluate", text: "count", word: "help" }],
  ["contniue", { kind: "evaluate", text: "contniue", word: "continue" }],
  ["count = count + 1", { kind: "evaluate", text: "count = count + 1", word: null }],
  ["f(1)", { kind: "evaluate", text: "f(1)", word: null }],
  ["do local x = 1 end", { kind: "evaluate", text: "do local x = 1 end", word: null }],
];

function breakpoint(at: object, condition: string | null = null, after: number | null = null) {
  return { kind: "break", request: { at, condition, after }, isTemporary: false };
}

test.for(lines)("%j asks for %j", ([line, asked]) => {
  expect(parseCommand(line)).toEqual(asked);
});

/** A line that asks for nothing, then what is said. */
const wrong: readonly (readonly [line: string, sentence: string])[] = [
  ["s x", "s takes how many times, as in: s 3"],
  ["n 0", "n takes how many times, as in: n 3"],
  ["n = 5", "n takes how many times, as in: n 3; to have it as Lua: e n = 5"],
  ["c + 1", "c takes nothing behind it; to have it as Lua: e c + 1"],
  ["until", "until takes a line, as in: until 12"],
  ["w x", "list takes lines, as in: w 12, w 10-30, w src/app.lua:12"],
  ["p", "p takes Lua, as in: p config.name, #list; to have it as Lua: e p"],
  ["set a", "set takes a variable and a value, as in: set count = 0"],
  ["b 1 2", '"1 2" is no LINE, FILE:LINE or name of a function, as in: b src/app.lua:12 if n > 3 after 2'],
  ["b 12 if n >", 'No Lua reads the condition "n >"'],
  ["b 0", '"0" is no LINE, FILE:LINE or name of a function, as in: b src/app.lua:12 if n > 3 after 2'],
  ["log 12", "log takes a place and what is said there, as in: log src/app.lua:12 n is {n + 1}"],
  ["del x", 'del takes the number that "b" shows, as in: del 1'],
  ["errors sometimes", "errors takes never, uncaught, always"],
  ["thread main", 'thread takes a number that "threads" shows, as in: thread 2'],
  ["contniue 3", '"contniue" is no command, and no Lua reads the line; perhaps continue'],
  ["go on", '"go" is no command, and no Lua reads the line; help has all'],
];

test.for(wrong)("%j is answered: %s", ([line, sentence]) => {
  expect(parseCommand(line)).toEqual({ kind: "wrong", sentence });
});

test("the help fits a terminal of 80 columns and 24 lines with the next prompt, and names every command", () => {
  const text = helpText().split("\n");
  expect(text.length).toBeLessThan(24);
  expect(text.filter((line) => line.length > 80)).toEqual([]);
  const words = new Set(helpText().match(/\w+/g));
  const aliases = ["print", "break", "delete"];
  expect(commandWords.filter((word) => !words.has(word) && !aliases.includes(word))).toEqual([]);
});

const changes: readonly (readonly [lua: string, mayChange: boolean])[] = [
  ["a", false],
  ["a.b[1] .. 'x', #t", false],
  ["a = 1", true],
  ["f(a)", true],
  ["1 + t:count()", true],
  ["function f() end", true],
  ["local x = 1", false],
  ["if a then b = 1 end", true],
  ["a +", false],
];

test.for(changes)("%j may change something: %s", ([lua, expected]) => {
  expect(mayChange(lua)).toBe(expected);
});
