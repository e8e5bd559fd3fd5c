import { type CommandName, isCommand } from "../../config/commands/commandNames.js";
import { commandsWith, meaningOf, places } from "../../config/commands/commands.js";
import { dashed, isOptionKey } from "../../config/options/options.js";
import { usage } from "../../errors.js";
import { listed } from "../../words.js";
import { ownFlags } from "./ownFlags.js";
import type { Parts } from "./parts.js";

/** Which command a command line is for. Options of a run of tests may follow `tests`, which is a folder of tests in many projects. */
export function commandOf({ lua, command }: Parts, [first = ""]: readonly string[]): CommandName {
  if (command !== null) return "cover";
  if (first !== "tests" && isCommand(first)) return first;
  return lua === null ? "test-run" : "exec";
}

/** Throws USAGE for a flag that means nothing for a command. */
export function refuseMeaningless(
  command: CommandName,
  options: Readonly<Record<string, unknown>>,
  flags: readonly string[],
): void {
  for (const key of Object.keys(options).filter(isOptionKey)) {
    // To say that there is none of it is no mistake.
    if (options[key] === false || places.includes(key)) continue;
    const { isKnown, reason } = meaningOf(command, key);
    if (!isKnown) throw meaningless(command, dashed(key), commandsWith(key), reason);
  }
  for (const { flag, commands } of ownFlags) {
    if (flags.includes(flag) && !commands.includes(command)) throw meaningless(command, flag, commands, null);
  }
}

function meaningless(
  command: CommandName,
  flag: string,
  others: readonly CommandName[],
  reason: string | null,
) {
  const whose = others.map(shown);
  const subject = command === "test-run" ? "A run of tests" : command;
  return usage(`${subject} has no --${flag}: ${reason ?? `it is an option of ${listed(whose)}`}`);
}

const shown = (command: CommandName) => (command === "test-run" ? "a run of tests" : command);

/** busted's outputs by the test reporters that do the same here; other names are for reporters to know. */
export function bustedReporter(output: string): string {
  const outputs: Readonly<Record<string, string>> = {
    plainTerminal: "default",
    utfTerminal: "default",
    TAP: "tap",
  };
  return Object.hasOwn(outputs, output) ? (outputs[output] ?? output) : output;
}
