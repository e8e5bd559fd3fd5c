import { walk } from "../discover/walk.js";
import { someOf } from "../words.js";
import type { Problem } from "./project.js";
import { entersOwn } from "./read/files.js";

/** Specs that nobody has compiled yet; none where there are none. */
export function moonScriptProblems(root: string): Problem[] {
  const names = walk(root, { enters: entersOwn, followsLinks: false }).map(({ path }) => path);
  const all = new Set(names);
  const found = names.filter(
    (name) => name.endsWith("_spec.moon") && !all.has(name.replace(/\.moon$/, ".lua")),
  );
  if (found.length === 0) return [];
  const folders = [...new Set(found.map((name) => name.split("/").slice(0, -1)[0] ?? "."))];
  const [are, they] = found.length === 1 ? ["is", "it is"] : ["are", "they are"];
  return [
    {
      message: `${someOf(found)} ${are} in MoonScript, which runs here once ${they} compiled:`,
      commands: [`moonc ${folders.join(" ")}`, "luacov-ts"],
    },
  ];
}
