import path from "node:path";
import { visible } from "../../files/visible.js";
import type { Config, VaryingTest } from "../../index.js";
import { linesText, listed } from "../../words.js";
import { nameOf, placeOf, titleOf } from "./asked.js";

/** `src/a.lua: 3-4  spec/a_spec.lua:5  a test  (not in each of its runs)`, in the words of a person. */
export function varyingLine(each: VaryingTest, config: Config): string {
  const { test, source } = each;
  const lines = `${nameOf(source, config)}: ${linesText(linesOf(each))}`;
  const name = titleOf(test);
  return [lines, placeOf(test), ...(name === "" ? [] : [name]), `(${whenText(each)})`].join("  ");
}

function whenText({ test, luas }: VaryingTest): string {
  if (luas === null) return "not in each of its runs";
  const others = test.luas.filter((lua) => !luas.includes(lua));
  return `in ${luasText(luas)}, not in ${luasText(others)}`;
}

const luasText = (luas: readonly (string | null)[]) => listed(luas.map((lua) => visible(lua ?? "fengari")));

/** The same for a program. */
export function varyingJson(each: VaryingTest, { cwd }: Config) {
  const { file, line, names, luas, runs } = each.test;
  return {
    source: path.relative(cwd, each.source.path),
    lines: linesOf(each),
    test: { file, line, names, luas, runs },
    luas: each.luas,
  };
}

function linesOf({ source, sites }: VaryingTest): number[] {
  return [...new Set(sites.map((site) => source.sites[site]?.line ?? 0))].sort((a, b) => a - b);
}
