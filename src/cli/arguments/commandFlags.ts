import { type CommandOption, commandOptions, dashed, isRepeatable } from "../../config/options/options.js";
import { usage } from "../../errors.js";
import { type FlagConfig, type FlagValue, number } from "./values.js";

/** What was given of the options that one command alone has, by their keys. */
export type CommandFlags = Readonly<Record<string, unknown>>;

/** The flags for these. */
export const commandFlags: FlagConfig = Object.fromEntries(
  commandOptions.map(({ key, kind }) => {
    if (kind === "boolean") return [dashed(key), { type: "boolean" }];
    return [dashed(key), { type: "string", multiple: isRepeatable(kind) }];
  }),
);

/** Those of the command that is given; null for other ones. Throws USAGE where they are given to another command. */
export function flagsOfCommand(
  [command]: readonly string[],
  values: Readonly<Record<string, FlagValue>>,
): { readonly trace: CommandFlags | null; readonly debug: CommandFlags | null } {
  const given = commandOptions.filter(({ key }) => values[dashed(key)] !== undefined);
  // Elsewhere it is busted's.
  const other = given.find((option) => option.command !== command && option.key !== "output");
  if (other !== undefined)
    throw usage(`--${dashed(other.key)} is an option of ${examples[other.command](other)}`);
  const flags = Object.fromEntries(given.map((option) => [option.key, givenValue(option, values)]));
  return { trace: command === "trace" ? flags : null, debug: command === "debug" ? flags : null };
}

const examples: Readonly<Record<CommandOption["command"], (option: CommandOption) => string>> = {
  trace: ({ key }) => `trace, as in: luacov-ts trace --${dashed(key)} … script.lua`,
  debug: ({ key }) => `debug, as in: luacov-ts debug --${dashed(key)} … test/app.lua`,
};

function givenValue({ key, kind }: CommandOption, values: Readonly<Record<string, FlagValue>>): unknown {
  const value = values[dashed(key)];
  return kind === "number" ? number(value) : value;
}
