import type { ErrorMode } from "../../protocol.js";
import { parseBreakpoint, parseCount, parseLines, parseLog, parsePlace } from "./arguments.js";
import type { TerminalCommand } from "./command.js";

/** A command by the words for it. What stands behind one of them gives what it asks for, or a sentence about what is wrong. */
interface CommandRow {
  readonly words: readonly string[];
  parse(argument: string, word: string): TerminalCommand | string;
}

/** A line of the help, and the commands that it is about. */
export interface HelpRow {
  readonly usage: string;
  readonly help: string;
  readonly commands: readonly CommandRow[];
}

/** All commands, in the order of the help. */
export const table: readonly HelpRow[] = [
  row("s, step [N]", "to the next line, in whatever is called", {
    words: ["s", "step"],
    parse: times("in"),
  }),
  row("n, next [N]", "to the next line of this function", {
    words: ["n", "next"],
    parse: times("over"),
  }),
  row("f, finish", "until this function has returned", bare(["f", "finish"], go("out"))),
  row("c, continue", "until something else stops the program", bare(["c", "continue"], go("continue"))),
  row("y, switch", "until a coroutine yields, is resumed or ends", bare(["y", "switch"], go("switch"))),
  row("until [FILE:]LINE", "until that line, or the end of the function", {
    words: ["until"],
    parse: (text) => {
      const place = parsePlace(text);
      return place === null ? "until takes a line, as in: until 12" : { kind: "until", place };
    },
  }),
  row("u, up [N]; d, down [N]", "looks at the caller; at what it called", move("up", 1), move("down", -1)),
  row("t, bt, trace", "the calls that led here", bare(["t", "bt", "trace"], { kind: "trace" })),
  row("w, list [[FILE:]LINE[-LAST]]", "the source; again to go on", {
    words: ["w", "list"],
    parse: (text) => {
      const lines = parseLines(text);
      return lines === null
        ? "list takes lines, as in: w 12, w 10-30, w src/app.lua:12"
        : { kind: "list", ...lines };
    },
  }),
  row("l, locals", "locals, varargs and upvalues here", bare(["l", "locals"], { kind: "locals" })),
  row("globals [TEXT]", "globals, with TEXT in their names", {
    words: ["globals"],
    parse: (text) => ({ kind: "globals", text: text === "" ? null : text }),
  }),
  row("p EXPRESSION, …", "values, of tables three levels", lua(["p", "print"], "p config.name, #list")),
  row("e LUA; set NAME = VALUE", "executes Lua here, which may assign", lua(["e"], "e count = 0"), {
    words: ["set"],
    parse: (text) =>
      /^[^=]+=[^=]/.test(text) ? evaluate(text) : "set takes a variable and a value, as in: set count = 0",
  }),
  row(
    "b, tb [WHERE [if E] [after N]]",
    "a breakpoint, one for once; b lists them",
    breakpoint(["b", "break"], false),
    {
      ...breakpoint(["tb"], true),
    },
  ),
  row("log [FILE:]LINE TEXT", "says TEXT there, with {expressions}", {
    words: ["log"],
    parse: parseLog,
  }),
  row("del N", "deletes a breakpoint, log or watch; del all", {
    words: ["del", "delete"],
    parse: (text) => {
      const id = text === "all" ? text : text === "" ? null : parseCount(text);
      return id === null ? 'del takes the number that "b" shows, as in: del 1' : { kind: "delete", id };
    },
  }),
  row("errors [never|uncaught|always]", "which errors stop the program", {
    words: ["errors"],
    parse: errors,
  }),
  row("watch EXPRESSION", "stops when its value here changes", {
    words: ["watch"],
    parse: (text) =>
      text === ""
        ? "watch takes an expression, as in: watch self.count"
        : { kind: "watch", expression: text },
  }),
  row(
    "threads; thread N; sources",
    "coroutines; looks at one; what was loaded",
    bare(["threads"], { kind: "threads" }),
    { words: ["thread"], parse: thread },
    bare(["sources"], { kind: "sources" }),
  ),
  row(
    "detach; q, quit",
    "leaves the program alone (Ctrl-D); ends it",
    bare(["detach"], { kind: "detach" }),
    bare(["q", "quit"], { kind: "quit" }),
  ),
  row("h, help", "this text", bare(["h", "help"], { kind: "help" })),
];

function row(usage: string, help: string, ...commands: readonly CommandRow[]): HelpRow {
  return { usage, help, commands };
}

function go(kind: "out" | "continue" | "switch"): TerminalCommand {
  return { kind: "go", go: kind, times: 1 };
}

function bare(words: readonly string[], command: TerminalCommand): CommandRow {
  return { words, parse: (text, word) => (text === "" ? command : `${word} takes nothing behind it`) };
}

function times(kind: "in" | "over"): CommandRow["parse"] {
  return (text, word) => {
    const count = parseCount(text);
    return count === null
      ? `${word} takes how many times, as in: ${word} 3`
      : { kind: "go", go: kind, times: count };
  };
}

function move(word: "up" | "down", by: 1 | -1): CommandRow {
  const parse: CommandRow["parse"] = (text) => {
    const count = parseCount(text);
    return count === null
      ? `${word} takes how many calls, as in: ${word} 2`
      : { kind: "move", by: by * count };
  };
  return { words: [word.charAt(0), word], parse };
}

function lua(words: readonly string[], example: string): CommandRow {
  return {
    words,
    parse: (text, word) => (text === "" ? `${word} takes Lua, as in: ${example}` : evaluate(text)),
  };
}

function evaluate(text: string): TerminalCommand {
  return { kind: "evaluate", text, word: null };
}

function breakpoint(words: readonly string[], isTemporary: boolean): CommandRow {
  const parse: CommandRow["parse"] = (text) => {
    if (text === "") return { kind: "breakpoints" };
    const request = parseBreakpoint(text);
    return typeof request === "string" ? request : { kind: "break", request, isTemporary };
  };
  return { words, parse };
}

const modes: readonly ErrorMode[] = ["never", "uncaught", "always"];

function errors(text: string): TerminalCommand | string {
  if (text === "") return { kind: "errors", mode: null };
  const mode = modes.find((each) => each === text);
  return mode === undefined ? `errors takes ${modes.join(", ")}` : { kind: "errors", mode };
}

function thread(text: string): TerminalCommand | string {
  const id = text === "" ? null : parseCount(text);
  return id === null ? 'thread takes a number that "threads" shows, as in: thread 2' : { kind: "thread", id };
}
