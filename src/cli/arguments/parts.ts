import { usage } from "../../errors.js";
import { spelled } from "./spellings.js";
import { withValue } from "./values.js";

type TakesValue = (flag: string) => boolean;

/** The arguments of ours, and those that are for what we run. */
export interface Parts {
  readonly own: readonly string[];
  readonly args: readonly string[];
  readonly lua: readonly string[] | null;
  readonly command: readonly string[] | null;
}

/** Parts a command line. */
export function partsOf(argv: readonly string[], takesValue: TakesValue): Parts {
  const first = operandIndex(argv, 0, takesValue);
  if (argv[first] === "exec") {
    // Lua itself has no such option.
    if (isHelp(argv[first + 1])) return { own: argv, args: [], lua: null, command: null };
    const lua = withoutSeparator(argv.slice(first + 1));
    return { own: argv.slice(0, first), args: [], lua, command: null };
  }
  if (argv[first] === "cover") {
    const at = operandIndex(argv, first + 1, takesValue);
    const command = argv.slice(argv[at] === "--" ? at + 1 : at);
    return { own: argv.slice(0, at), args: [], lua: null, command };
  }
  if (argv[first] === "trace") {
    const at = operandIndex(argv, first + 1, takesValue);
    const lua = argv.slice(argv[at] === "--" ? at + 1 : at);
    return { own: argv.slice(0, at), args: [], lua, command: null };
  }
  const separator = argv.indexOf("--");
  if (separator === -1) return { own: argv, args: [], lua: null, command: null };
  return { own: argv.slice(0, separator), args: argv.slice(separator + 1), lua: null, command: null };
}

const isHelp = (argument: string | undefined) => argument === "--help" || argument === "-h";

/** Where the first argument is that is neither a flag nor the value of one, or "--"; behind the last one for none. */
function operandIndex(argv: readonly string[], from: number, takesValue: TakesValue): number {
  for (let index = from; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    if (!argument.startsWith("-") || argument === "--") return index;
    const [flag = ""] = spelled(argument, takesValue);
    if (takesValue(flag.slice(2)) && withValue(argument, index, argv)[0] === argument) index++;
  }
  return argv.length;
}

/** `exec script.lua -- args`: the separator is ours, as everywhere; what `lua` itself gets has none. */
export function withoutSeparator(argv: readonly string[]): readonly string[] {
  const separator = argv.indexOf("--");
  const isBehindScript = separator === 1 && !argv[0]?.startsWith("-");
  return isBehindScript ? argv.toSpliced(separator, 1) : argv;
}

/** `run script.lua -- args`: the script and its arguments as `lua` gets them; null for another command. */
export function runArguments([command, script, ...others]: readonly string[], args: readonly string[]) {
  if (command !== "run") return null;
  if (script === undefined)
    throw usage("run takes a Lua script, as in: luacov-ts run script.lua -- arguments");
  if (others.length === 0) return [script, ...args];
  throw usage(
    `run takes one script; its arguments follow "--": luacov-ts run ${script} -- ${others.join(" ")}`,
  );
}
