import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { CoverageMapData } from "../../src/types.js";
import { makeFolder } from "../support/folder.js";
import { textOf } from "./ast.js";
import { type Comparison, compare } from "./compare.js";
import { runNative } from "./native.js";
import { type Counts, insertProbes, type Probed } from "./probes.js";

/**
 * Runs a program with probes in the files of a coverage map, and compares. `names` are the other names, by
 * links, under which Lua finds a file.
 */
export function compareCounts(
  program: string,
  coverage: CoverageMapData,
  names: ReadonlyMap<string, readonly string[]>,
): Comparison[] {
  const files = [program, ...Object.keys(coverage).filter((file) => file !== program && !isOwn(file))];
  let first = 0;
  const copies = files.map((file) => {
    const text = textOf(readFileSync(file));
    const probed = insertProbes(text, first);
    first = probed.end;
    return { file, text, probed, names: names.get(file) ?? [file] };
  });
  const counts = runProbed(copies);
  return copies.map(({ file, text, probed }) => {
    const data = coverage[file];
    if (data === undefined) throw new Error(`${file} is not measured`);
    return compare(data, text, probed, counts);
  });
}

/** A sort whose input has no order. */
function isOwn(file: string): boolean {
  return file === path.join(import.meta.dirname, "ordered.lua");
}

interface Copy {
  readonly names: readonly string[];
  readonly probed: Probed;
}

function runProbed(copies: readonly Copy[]): Counts {
  const folder = makeFolder({});
  mkdirSync(path.join(folder, "copies"));
  const index = copies.flatMap(({ names, probed }, number) => {
    const copy = path.join(folder, "copies", `${number}.lua`);
    writeFileSync(copy, probed.text, "latin1");
    return names.map((name) => `${name}\t${copy}\n`);
  });
  writeFileSync(path.join(folder, "index"), index.join(""));
  runNative("probes.lua", path.join(folder, "main"), { PROBES: folder });
  const rows = readFileSync(path.join(folder, "counts"), "utf8").trimEnd().split("\n");
  const counts = new Map(rows.map((row) => [Number(row.split("\t")[0]), Number(row.split("\t")[1])]));
  return (probe) => counts.get(probe) ?? 0;
}
