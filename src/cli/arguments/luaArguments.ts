import { usage } from "../../errors.js";
import type { Step } from "../../index.js";

/** What the arguments of `lua` ask for. */
export interface LuaArguments {
  readonly steps: readonly Step[];
  /** arg[0]: the script, or "-" for standard input; null when neither is named. */
  readonly file: string | null;
  /** What follows the script; without one, all arguments, as in lua.c. */
  readonly args: readonly string[];
  /** The options before the script, which stand before it in `arg`. */
  readonly options: readonly string[];
  readonly version: boolean;
}

/**
 * Reads arguments as lua.c does: `-e stat`, `-l mod`, `-v`, `-E`, `--`, `-`, a script and its arguments.
 * `environment` gives LUA_INIT, and from 5.2 on the variable of the version before that. Throws USAGE for an unknown option
 * or a missing value.
 */
export function parseLuaArguments(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  luaVersion = "5.3",
): LuaArguments {
  const { index, steps, flags } = readOptions(argv);
  const script = argv[index];
  const version = flags.has("-v");
  const init = flags.has("-E") ? [] : initSteps(environment, luaVersion);
  return {
    steps: [...init, ...steps, ...mainStep(script, steps.length > 0 || version)],
    file: script ?? null,
    args: script === undefined ? argv : argv.slice(index + 1),
    options: script === undefined ? [] : argv.slice(0, index),
    version,
  };
}

/** The options up to the script, whose index is given. */
function readOptions(argv: readonly string[]): { index: number; steps: Step[]; flags: Set<string> } {
  const steps: Step[] = [];
  const flags = new Set<string>();
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (argument === "--") return { index: index + 1, steps, flags };
    if (!argument.startsWith("-") || argument === "-") return { index, steps, flags };
    if (argument === "-v" || argument === "-E") flags.add(argument);
    else steps.push(valueStep(argument.slice(0, 2), argument.slice(2) || argv[++index], argument));
  }
  return { index: argv.length, steps, flags };
}

function valueStep(option: string, value: string | undefined, argument: string): Step {
  if (option === "-i") throw usage("lua -i: there is no interactive mode; give a script, -e or -");
  if (option === "--")
    throw usage(`Unknown Lua option '${argument}': options of luacov-ts stand in front of exec`);
  if (option !== "-e" && option !== "-l") throw usage(`Unknown Lua option '${argument}'`);
  if (value === undefined) throw usage(`The Lua option '${option}' needs an argument`);
  return option === "-e"
    ? { kind: "text", text: value, name: "=(command line)" }
    : { kind: "require", module: value };
}

/** A script; standard input for "-", or when nothing else is asked for. */
function mainStep(script: string | undefined, somethingElse: boolean): Step[] {
  if (script === "-" || (script === undefined && !somethingElse)) return [{ kind: "stdin" }];
  return script === undefined ? [] : [{ kind: "script", file: script }];
}

function initSteps(environment: Readonly<Record<string, string | undefined>>, luaVersion: string): Step[] {
  const own = `LUA_INIT_${luaVersion.replace(".", "_")}`;
  const name = luaVersion === "5.1" || environment[own] === undefined ? "LUA_INIT" : own;
  const init = environment[name];
  if (init === undefined) return [];
  return [
    init.startsWith("@")
      ? { kind: "file", file: init.slice(1) }
      : { kind: "text", text: init, name: `=${name}` },
  ];
}
