// Pages whose end is made: what stands above the mark is written by hand.
import { readFileSync } from "node:fs";
import path from "node:path";
import { commandReference } from "./commands.mjs";
import { libraryReference } from "./library.mjs";
import { optionReference } from "./options.mjs";

const folder = path.resolve(import.meta.dirname, "../reference");
const mark = "<!-- What follows is made by node docs/generate/generate.mjs -->";

const references = { options: optionReference, commands: commandReference, library: libraryReference };

/** Each such page: its file, and the text that it is to have. */
export function generatedPages() {
  return Object.entries(references).map(([name, reference]) => {
    const file = path.join(folder, `${name}.md`);
    const [head, ...others] = readFileSync(file, "utf8").split(mark);
    if (others.length !== 1) throw new Error(`${file} has not one line that says "${mark}"`);
    return { file, text: `${head}${mark}\n\n${reference().trimEnd()}\n` };
  });
}
