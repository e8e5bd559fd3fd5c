import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import type { LuaVersion } from "../../src/source/dialect.js";
import { parse } from "../../src/source/syntax.js";
import { type ToolName, toolPath } from "../support/tools.js";

/** What a Lua says of a text that it does not run. */
export type Judgement =
  | { readonly ok: true }
  | { readonly ok: false; readonly line: number; readonly message: string };

interface Bindings {
  readonly lua: {
    lua_tostring(L: number, index: number): string;
    lua_close(L: number): void;
  };
  readonly lauxlib: {
    luaL_newstate(): number;
    luaL_loadstring(L: number, text: string): number;
  };
}

const files: readonly (readonly [LuaVersion, string])[] = [
  ["5.1", "lua.51"],
  ["5.2", "lua.52"],
  ["5.3", "lua.53"],
  ["5.4", "lua.54"],
  ["5.5", "lua.55"],
];
const require = createRequire(import.meta.url);

/** PUC-Rio's own parsers, compiled to WebAssembly: they are there on every machine. */
export const judges: readonly (readonly [LuaVersion, (text: string) => Judgement])[] = files.map(
  ([version, file]) => {
    const bindings: Bindings = require(`lua-wasm-bindings/dist/${file}`);
    return [version, (text: string) => judge(bindings, text)];
  },
);

/** The text must not hold a zero, which ends it for the bindings. */
function judge({ lua, lauxlib }: Bindings, text: string): Judgement {
  const L = lauxlib.luaL_newstate();
  try {
    // The chunk's name is the text: a first line of its own keeps it short, and a "#" where it is.
    if (lauxlib.luaL_loadstring(L, `--\n${text}`) === 0) return { ok: true };
    const message = lua.lua_tostring(L, -1);
    const [, line, reason] = /^\[string "--\.\.\."\]:(\d+): ([\s\S]*)$/.exec(message) ?? [];
    return { ok: false, line: Number(line ?? 1) - 1, message: reason ?? message };
  } finally {
    lua.lua_close(L);
  }
}

/** What our parser says of the same text. */
function ours(text: string, version: LuaVersion): Judgement {
  const parsed = parse(Buffer.from(`--\n${text}`), version);
  if (parsed.ok) return { ok: true };
  return { ok: false, line: parsed.line - 1, message: Buffer.from(parsed.message, "latin1").toString() };
}

/** A text that our parser judges otherwise. */
interface Difference {
  readonly text: string;
  readonly theirs: Judgement | undefined;
  readonly ours: Judgement;
}

/** The texts that ours judges otherwise than one of the judges. */
export function differences(
  texts: readonly string[],
  version: LuaVersion,
  judge: (text: string) => Judgement,
): Difference[] {
  return different(texts, texts.map(judge), version);
}

/** The texts that ours judges otherwise than a Lua of this machine, which runs none of them. */
export function differencesBy(lua: ToolName, texts: readonly string[], version: LuaVersion): Difference[] {
  return different(texts, judgeBy(lua, texts), version);
}

function different(
  texts: readonly string[],
  theirs: readonly Judgement[],
  version: LuaVersion,
): Difference[] {
  return texts
    .map((text, index) => ({ text, theirs: theirs[index], ours: ours(text, version) }))
    .filter((each) => JSON.stringify(each.theirs) !== JSON.stringify(each.ours));
}

function judgeBy(lua: ToolName, texts: readonly string[]): Judgement[] {
  const bytes = texts.map((text) => Buffer.from(text));
  const input = bytes.flatMap((text) => [Buffer.from(`${text.length}\n`), text, Buffer.from("\n")]);
  let rest = execFileSync(toolPath(lua), [path.join(import.meta.dirname, "judge.lua")], {
    input: Buffer.concat(input),
  });
  return texts.map(() => {
    const start = rest.indexOf("\n") + 1;
    const end = start + Number(rest.subarray(0, start));
    const [said, line, message = ""] = /^(\d+) ([\s\S]*)$/.exec(rest.subarray(start, end).toString()) ?? [];
    rest = rest.subarray(end + 1);
    return said === undefined ? { ok: true } : { ok: false, line: Number(line) - 1, message };
  });
}
