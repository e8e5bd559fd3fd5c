import { type CommandName, isCommand } from "../../config/commands/commandNames.js";
import { meaningOf } from "../../config/commands/commands.js";
import { commandOptions, dashed, optionKeys, optionTable } from "../../config/options/options.js";
import { isTaken } from "../../files/files.js";
import { takesValue } from "../arguments/flags.js";
import { ownFlags } from "../arguments/ownFlags.js";
import { spelled } from "../arguments/spellings.js";

/** A command line that is being typed. */
export interface Typed {
  readonly command: CommandName;
  /** The operands behind the command that are there already. */
  readonly operands: readonly string[];
  /** The flag whose value is being typed; null for none. */
  readonly flag: string | null;
  /** What there is of the word that is being typed. */
  readonly start: string;
  /** What stands before that in the same word: `--reporter=`. */
  readonly before: string;
  /** Whether what is typed is an argument of somebody else's. */
  readonly isForeign: boolean;
  /** Whether it is the program that `cover` is to run. */
  readonly isProgram: boolean;
}

/** Reads the words up to the one that is being typed. */
export function typedIn(words: readonly string[]): Typed {
  const [start = "", ...earlier] = joined(words).toReversed();
  const { operands: all, flag, isForeign, isProgram } = readEarlier(earlier.toReversed());
  const [first = ""] = all;
  const command = isCommand(first) && !isTestFolder(first) ? first : "test-run";
  const operands = command === "test-run" ? all : all.slice(1);
  const [, name, rest] = /^--([^=]+)=(.*)$/s.exec(start) ?? [];
  const shown = { command, operands, isForeign, isProgram };
  if (flag === null && name !== undefined && takesValue(name) && !isForeign)
    return { ...shown, flag: name, start: unquoted(rest ?? ""), before: `--${name}=` };
  return { ...shown, flag, start: unquoted(start), before: "" };
}

/** The command `tests`, where a folder has that name: a run of the tests in it has more options, and takes other files. */
const isTestFolder = (command: string) => command === "tests" && isTaken(command);

/** bash makes three words of `--reporter=te`. */
function joined(words: readonly string[]): string[] {
  const isFlag = (word: string | undefined) => word?.startsWith("--") === true;
  const last = words.at(-1) ?? "";
  if (last === "=" && isFlag(words.at(-2))) return [...words.slice(0, -1), ""];
  if (words.at(-2) === "=" && isFlag(words.at(-3))) return [...words.slice(0, -2), last];
  return [...words];
}

function readEarlier(words: readonly string[]) {
  const operands: string[] = [];
  let flag: string | null = null;
  for (const [index, word] of words.entries()) {
    if (isForeign(word, operands)) {
      const isProgram = takesProgram(operands) && word === "--" && index === words.length - 1;
      return { operands, flag: null, isForeign: true, isProgram };
    }
    if (flag !== null) flag = null;
    else if (word.startsWith("-") && word.length > 1) flag = valueFlag(word);
    else operands.push(word);
  }
  const isProgram = takesProgram(operands) && flag === null;
  return { operands, flag, isForeign: isForeign("", operands), isProgram };
}

const takesProgram = ([command, program]: readonly string[]) => command === "cover" && program === undefined;

/** Behind `exec`, what `trace` or `cover` runs, and "--", are arguments of what runs. */
function isForeign(word: string, [command, script]: readonly string[]): boolean {
  const isBehind = (command === "trace" || command === "cover") && script !== undefined;
  return word === "--" || command === "exec" || isBehind;
}

/** The flag of a word that has no value yet. */
function valueFlag(word: string): string | null {
  try {
    const last = spelled(word, takesValue).at(-1)?.slice(2) ?? "";
    return takesValue(last) ? last : null;
  } catch {
    return null;
  }
}

const unquoted = (word: string) => word.replace(/^["']/, "");

/** The flags that mean something for a command. */
export function flagsOf(command: CommandName): string[] {
  const options = optionKeys.filter((key) => meaningOf(command, key).isKnown);
  const own = commandOptions.filter((option) => option.command === command).map(({ key }) => dashed(key));
  const others = ownFlags.filter(({ commands }) => commands.includes(command)).map(({ flag }) => flag);
  const negated = options
    .filter((key) => optionTable[key].kind === "boolean")
    .map((key) => `no-${dashed(key)}`);
  const color = others.includes("color") ? ["no-color"] : [];
  return [...own, ...options.map(dashed), ...negated, ...others, ...color].sort().map((flag) => `--${flag}`);
}
