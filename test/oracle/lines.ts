import { readFileSync } from "node:fs";
import path from "node:path";
import type { Hits } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { realName, runNative } from "./native.js";

/** Visits by real path and line. */
export type Lines = Record<string, Record<string, number>>;

/** Visits as a line hook in the system's Lua sees them. */
export function oracleLines(program: string): Lines {
  const output = path.join(makeFolder({}), "lines");
  runNative(program, { LUA_INIT: `@${path.join(import.meta.dirname, "lines.lua")}`, LINES: output });
  const rows = readFileSync(output, "utf8").trimEnd().split("\n");
  const entries = rows.map((row) => {
    const [file = "", pairs = ""] = row.split("\t");
    const lines = pairs.split(" ").map((pair) => pair.split(":"));
    const visits = Object.fromEntries(lines.map(([line, count]) => [line, Number(count)]));
    return [realName(file), visits] as const;
  });
  return compared(Object.fromEntries(entries));
}

export function visitedLines(hits: Hits): Lines {
  const entries = Object.entries(hits.bytecode).map(([file, shapes]) => {
    const lines = Object.values(shapes).flatMap((chunk) => [...chunk.lines.entries()]);
    return [file, Object.fromEntries(lines.filter(([, visits]) => visits > 0))] as const;
  });
  return compared(Object.fromEntries(entries));
}

/** Left out: the oracle's own frames, chunks without a file, and a sort whose input has no order. */
function compared(lines: Lines): Lines {
  const own = ["lines.lua", "ordered.lua"].map((name) => path.join(import.meta.dirname, name));
  const entries = Object.entries(lines).filter(([file]) => path.isAbsolute(file) && !own.includes(file));
  return Object.fromEntries(entries);
}
