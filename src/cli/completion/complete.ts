import { typedCommands } from "../../config/commands/commandNames.js";
import {
  commandOptions,
  dashed,
  type OptionKey,
  optionKeys,
  optionTable,
  valuesOf,
} from "../../config/options/options.js";
import { luasOnPath } from "../../engine/native/luaCommand.js";
import { wasmVersions } from "../../engine/wasm/package/versions.js";
import { ownFlags } from "../arguments/ownFlags.js";
import { pathsFrom, programsFrom } from "./files.js";
import { scripts } from "./scripts.js";
import { flagsOf, type Typed, typedIn } from "./words.js";

/** What the word may become that is being typed, the last of some; a folder ends in a slash. */
export async function completions(words: readonly string[]): Promise<string[]> {
  const typed = typedIn(words);
  const found = await candidates(typed);
  return found.filter((each) => each.startsWith(typed.start)).map((each) => `${typed.before}${each}`);
}

async function candidates(typed: Typed): Promise<string[]> {
  const { command, flag, start, isForeign, isProgram } = typed;
  if (isProgram && !start.startsWith("-")) return [...programsFrom(start), ...pathsFrom(start, false)];
  if (isForeign) return pathsFrom(start, false);
  if (flag !== null) return valuesFor(flag, start);
  return start.startsWith("-") ? flagsOf(command) : operandsFor(typed);
}

function operandsFor({ command, operands, start }: Typed): string[] {
  if (command === "help") return [...typedCommands, "test-run", "options", "all"];
  if (command === "completion") return operands.length === 0 ? Object.keys(scripts) : [];
  const isFirst = command === "test-run" && operands.length === 0;
  return [...(isFirst ? typedCommands : []), ...pathsFrom(start, false)];
}

async function valuesFor(flag: string, start: string): Promise<string[]> {
  const key = optionKeys.find((each) => dashed(each) === flag);
  // A commit may stand there, and be left out.
  if (flag === "changed") return [...(await refs()), ...pathsFrom(start, false)];
  if (flag === "output") return [...valuesOf("testReporter"), ...pathsFrom(start, false)];
  if (key === "lua") return [...wasmVersions, "fengari", ...luasOnPath(process.env.PATH ?? "")];
  if (key === "name" || key === "tags" || key === "excludeTags") return known(key);
  const ofCommand = commandOptions.find((each) => dashed(each.key) === flag)?.values ?? [];
  const values = key === undefined ? ofCommand : valuesOf(key);
  if (values.length > 0) return [...values];
  const placeholder = placeholderOf(flag, key);
  return placeholder === "REF" ? refs() : pathsFor(placeholder, start);
}

async function refs(): Promise<string[]> {
  return (await import("../../index.js")).knownRefs();
}

/** The names of specs, or the tags in them. */
async function known(key: OptionKey): Promise<string[]> {
  const { knownSpecs } = await import("../../index.js");
  const names = await knownSpecs();
  if (key === "name") return names;
  return [...new Set(names.flatMap((name) => Array.from(name.matchAll(/#(\w+)/g), ([, tag]) => tag ?? "")))];
}

function placeholderOf(flag: string, key: OptionKey | undefined): string {
  if (key !== undefined) return optionTable[key].placeholder;
  const own = [...ownFlags, ...commandOptions.map((each) => ({ ...each, flag: dashed(each.key) }))];
  return own.find((each) => each.flag === flag)?.placeholder ?? "";
}

function pathsFor(placeholder: string, start: string): string[] {
  if (placeholder === "DIR") return pathsFrom(start, true);
  return ["FILE", "GLOB", "WHERE"].includes(placeholder) ? pathsFrom(start, false) : [];
}
