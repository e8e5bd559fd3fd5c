import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { engines, toolsOf } from "../engine/contract.js";
import { testWith } from "../support/tools.js";
import { transcripts } from "./session.js";

/**
 * Each program in `transcripts` has the transcript of a session beside it, of which the commands are the lines with ">". Where an engine
 * says something else, it has one of its own, for the reason that stands here.
 */
const folder = path.join(import.meta.dirname, "transcripts");
const names = readdirSync(folder).flatMap((file) =>
  file.endsWith(".lua") ? [path.basename(file, ".lua")] : [],
);

interface Difference {
  readonly name: string;
  readonly engines: RegExp;
  /** Of the transcript; null where the program is none of that Lua's language. */
  readonly variant: string | null;
  readonly reason: string;
}

const differences: readonly Difference[] = [
  {
    name: "breakpoints",
    engines: /^luajit$/,
    variant: "luajit",
    reason: "LuaJIT tells of no tail call: what one calls has the name of what called it",
  },
  { name: "tailCalls", engines: /^luajit$/, variant: "luajit", reason: "the same" },
  { name: "goto", engines: /5\.1$/, variant: null, reason: "5.1 has no goto" },
  {
    name: "goto",
    engines: /5\.[23]$|^fengari$/,
    variant: "5.2",
    reason: "5.2 and 5.3 make one jump of `if … then goto`, which is in the line of the `if`",
  },
  {
    name: "coroutines",
    engines: /5\.1$|^luajit$/,
    variant: "5.1",
    reason: "5.1 and LuaJIT do not tell the coroutine that a program begins in",
  },
  {
    name: "metamethods",
    engines: /5\.1$/,
    variant: "5.1",
    reason: "5.1 has no names for what calls of metamethods are",
  },
  {
    name: "values",
    engines: /5\.1$/,
    variant: "5.1",
    reason: "5.1 does not tell arguments without names, and has a local for the table of them",
  },
];

for (const engine of engines) {
  testWith(...toolsOf(engine))(
    `${engine}: sessions are as their transcripts have them`,
    async () => {
      const expected = new Map(names.flatMap((name) => expectation(name, engine)));
      const scripts = Array.from(expected, ([name, text]) => {
        const commands = text.split("\n").flatMap((line) => (line.startsWith("> ") ? [line.slice(2)] : []));
        return [name, { lua: readFileSync(path.join(folder, `${name}.lua`), "utf8"), commands }] as const;
      });
      expect(await transcripts(engine, Object.fromEntries(scripts))).toEqual(Object.fromEntries(expected));
    },
    60_000,
  );
}

test("each difference has a transcript that is another one", () => {
  for (const { name, variant } of differences) {
    if (variant === null) continue;
    expect(fileOf(name, variant)).not.toBe(fileOf(name, null));
  }
});

function expectation(name: string, engine: string): readonly (readonly [string, string])[] {
  const difference = differences.find((each) => each.name === name && each.engines.test(engine));
  if (difference?.variant === null) return [];
  return [[name, fileOf(name, difference?.variant ?? null)]];
}

function fileOf(name: string, variant: string | null): string {
  const file = path.join(folder, variant === null ? `${name}.txt` : `${name}.${variant}.txt`);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
