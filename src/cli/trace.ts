import { hasColors } from "../colors.js";
import { usage } from "../errors.js";
import { type Config, openTrace, resolveTrace } from "../index.js";
import type { CommandLine } from "./arguments/flags.js";

/** `trace` runs one script, as `run` does, and measures nothing. */
export function asTrace(commandLine: CommandLine): CommandLine {
  const [script = ""] = commandLine.lua ?? [];
  if (script === "" || script.startsWith("-"))
    throw usage("trace takes a Lua script, as in: luacov-ts trace script.lua arguments");
  return {
    ...commandLine,
    positionals: ["run", script],
    options: { ...commandLine.options, coverage: false, checkCoverage: false, profile: false },
  };
}

/** A configuration with which the program is traced that it runs. Throws CONFIG, and NOT_WRITABLE for the file of the trace. */
export function withTrace(config: Config, { trace }: CommandLine): Config {
  if (trace === null) return config;
  const request = resolveTrace(trace, hasColors(process.stderr));
  openTrace(request, config);
  return { ...config, trace: request };
}
