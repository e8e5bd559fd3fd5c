import { readFileSync } from "node:fs";
import path from "node:path";
import { runProgram } from "../../../src/engine/fengari/program.js";
import { runNative } from "../../native/native.js";
import { type DebianLua, debianTemplates, startLua } from "../../support/debianLua.js";
import { makeFolder } from "../../support/folder.js";

/** What a program of cases wrote, by the name of the case. Bytes read as Latin-1. */
export type Cases = Readonly<Record<string, string>>;

/** What ours alone gives for the cases in a Lua text, which `try(name, f)` runs. */
export function runOurs(text: string): Cases {
  const folder = makeFolder({ "program.lua": `local try = dofile("${support}/try.lua")\n${text}` });
  return execute(path.join(folder, "program.lua"), path.join(folder, "ours"));
}

const support = path.join(import.meta.dirname, "support");

interface Both {
  readonly theirs: Cases;
  readonly ours: Cases;
}

/** Runs a program of cases with the machine's lua5.3 and luassert, and with ours where there is no other. */
export function runBoth(program: string, ...args: readonly string[]): Both {
  const output = path.join(makeFolder({}), "ours");
  return { theirs: runTheirs("lua5.3", program, args), ours: execute(program, output, args) };
}

/** Runs a program of cases in one Lua with luassert and with ours. */
export function runBothIn(lua: DebianLua, program: string, ...args: readonly string[]): Both {
  const output = path.join(makeFolder({}), "ours");
  const environment = { LUA_PATH: path.join(path.dirname(output), "?.lua") };
  const job = { file: program, args: [output, ...args], bundled: true };
  const { news, stderr } = runNative(lua, job, { environment });
  const end = news.at(-1)?.event;
  if (end?.kind !== "end" || end.exit.kind !== "returned")
    throw new Error(`${lua}: ${JSON.stringify(end)} ${stderr}`);
  return { theirs: runTheirs(lua, program, args), ours: casesIn(output, program) };
}

function runTheirs(lua: DebianLua, program: string, args: readonly string[]): Cases {
  const output = path.join(makeFolder({}), "theirs");
  const environment = { LUA_PATH: debianTemplates(lua) };
  const { stderr } = startLua(lua, [program, output, ...args], { environment });
  if (stderr !== "") throw new Error(`${lua}: ${stderr}`);
  return casesIn(output, program);
}

function execute(program: string, output: string, args: readonly string[] = []): Cases {
  const packagePath = path.join(path.dirname(output), "?.lua");
  const exit = runProgram({ file: program, args: [output, ...args], packagePath, bundled: true }, () => null);
  if (exit.kind === "failed") throw new Error(`${exit.message}\n${exit.traceback}`);
  return casesIn(output, program);
}

/** Where we differ on purpose: what luassert gives, what ours does, and why. */
const deviations: readonly { readonly why: string; agrees(theirs: string, ours: string): boolean }[] = [
  {
    why: "luassert blames a line of its own; ours the user's, or none, or natively one of its own where the message is Lua's",
    agrees: (theirs, ours) =>
      `${theirs}${ours}`.includes("<luassert>: ") &&
      theirs.replaceAll("<luassert>: ", "") === ours.replace(/<program>:\d+: |<luassert>: /, ""),
  },
  {
    why: "before 5.3 string.format ends a text at its first zero; ours shows all of it",
    agrees: (theirs, ours) =>
      [/\0[^' \n]*/g, /\0[^' \n]*'/g].some((rest) => theirs.replace(rest, "") === ours.replace(rest, "")),
  },
  {
    why: "luassert 1.9.0 fails when a message is to show match._; ours shows it as later ones do",
    agrees: (theirs, ours) =>
      theirs === 'raises "<luassert>: attempt to index a nil value"' &&
      ours.includes("(matcher) _ *anything*"),
  },
  {
    why: "the modifiers a, an and the are newer than luassert 1.9.0",
    agrees: (theirs, ours) =>
      /unknown modifier\/assertion: '(a|an|the)'/.test(theirs) && !ours.includes("unknown"),
  },
];

/** The cases that differ otherwise, with what they gave. */
export function differences({ theirs, ours }: ReturnType<typeof runBoth>): Record<string, unknown> {
  const names = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  const differing = [...names].filter((name) => !agree(theirs[name] ?? "", ours[name] ?? ""));
  return Object.fromEntries(differing.map((name) => [name, { theirs: theirs[name], ours: ours[name] }]));
}

function agree(theirs: string, ours: string): boolean {
  return theirs === ours || deviations.some((each) => each.agrees(theirs, ours));
}

/** A name is between \x01 and \x02, its text behind it. A later case of the same name counts on. */
function casesIn(file: string, program: string): Cases {
  const cases: Record<string, string> = {};
  for (const entry of readFileSync(file, "latin1").split("\x01").slice(1)) {
    const [name = "", ...rest] = entry.split("\x02");
    const key = name in cases ? `${name} (${Object.keys(cases).length})` : name;
    cases[key] = normalised(rest.join("\x02"), program);
  }
  return cases;
}

/** Addresses differ, and Lua shortens the path of a program in a folder with a long one. Inside of luassert variables have other names in ours, and its lines are nobody's business. */
function normalised(text: string, program: string): string {
  const shortened = new RegExp(`\\.\\.\\.[^\\s:]*/${path.basename(program, ".lua")}\\.lua`, "g");
  return text
    .replaceAll(program, "<program>")
    .replace(shortened, "<program>")
    .replace(/\b0x[0-9a-f]+/g, "0x…")
    .replace(/\/usr\/share\/lua\/5\.\d\/(luassert|say)\/[\w/]+\.lua:\d+: /g, "<luassert>: ")
    .replace(/\[C\]:\d+: /g, "<luassert>: ")
    .replace(/ \((local|field|upvalue|method|global) '\w+'\)/g, "")
    .replace(/ (local|field|upvalue|method|global) '[\w?]+' \((a \w+ value)\)/g, " $2");
}
