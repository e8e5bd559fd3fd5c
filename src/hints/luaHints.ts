/** Which Lua would run what an embedded one cannot. */

import { wasmVersionOf } from "../engine/wasm/package/versions.js";
import { isOnPath } from "../files/searchPath.js";
import { hasFailed } from "../harness/run/results/totals.js";
import type { Notice, Outcome } from "../types.js";
import { inside, type Need, outside } from "./needs.js";

/** Advice for programs that failed in an embedded Lua, and rely on what it does not have. */
export function luaHints(outcomes: readonly Outcome[], searchPath = process.env.PATH ?? ""): Notice[] {
  return outcomes.flatMap(({ file, lua, results, limits }) => {
    const failed = results.filter(hasFailed);
    if ((lua !== null && wasmVersionOf(lua) === null) || failed.length === 0) return [];
    const needs = lua === "5.1" ? outside : [...outside, ...inside];
    const shown = needs.filter(({ sign }) => failed.some(({ message }) => sign?.test(message) === true));
    const told = limits.map((what) => ({ what, luas: ["5.3"] }));
    return [...shown, ...told].map((need) => {
      const { what } = need;
      const name = lua === null ? "fengari" : `the embedded ${lua}`;
      const message = `${file} relies on ${what}, which ${name} does not have: if the failure is about that, ${remedy(need, searchPath)}`;
      return { level: "warning", file, message };
    });
  });
}

function remedy({ luas, instead }: Pick<Need, "luas" | "instead">, searchPath: string): string {
  if (instead !== undefined) return instead;
  const found = luas.find((name) => wasmVersionOf(name) !== null || isOnPath(name, searchPath));
  if (found !== undefined) return `run the test by --lua ${found}`;
  return `install a Lua that has it, such as ${luas[0]}, and run the test by --lua`;
}
