import { hasColors } from "../colors.js";
import { usage } from "../errors.js";
import { type Config, openTrace, resolveTrace } from "../index.js";
import type { CommandLine } from "./arguments/flags.js";
import { withoutSeparator } from "./arguments/parts.js";
import { isTests } from "./script.js";

/** `trace` runs one script, as `run` does, or tests, and measures nothing. */
export function asTrace(commandLine: CommandLine): CommandLine {
  const given = commandLine.lua ?? [];
  const [first = ""] = given;
  if (first === "" || first.startsWith("-"))
    throw usage("trace takes a Lua script, or tests, as in: luacov-ts trace script.lua arguments");
  const options = { ...commandLine.options, coverage: false, checkCoverage: false, profile: false };
  if (isTests(first)) return { ...commandLine, ...partedTests(given), lua: null, options };
  return { ...commandLine, positionals: ["run", first], lua: withoutSeparator(given), options };
}

function partedTests(given: readonly string[]): Pick<CommandLine, "positionals" | "args"> {
  const separator = given.indexOf("--");
  const end = separator === -1 ? given.length : separator;
  const positionals = given.slice(0, end);
  const option = positionals.find((operand) => operand.startsWith("-"));
  if (option !== undefined)
    throw usage(`trace takes its options before the tests, as in: luacov-ts trace ${option} … ${given[0]}`);
  return { positionals, args: given.slice(end + 1) };
}

/**
 * A configuration with which programs are traced that it runs, one at a time. Throws CONFIG, and NOT_WRITABLE for the file of the
 * trace.
 */
export function withTrace(config: Config, { trace }: CommandLine): Config {
  if (trace === null) return config;
  const request = resolveTrace(trace, hasColors(process.stderr));
  openTrace(request, config);
  return { ...config, trace: request, jobs: 1 };
}
