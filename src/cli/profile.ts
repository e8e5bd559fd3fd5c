import path from "node:path";
import { isFile } from "../files/files.js";
import { type Config, openFlameGraph, type RunResult, testName, writeProfile } from "../index.js";
import type { CommandLine } from "./flags.js";
import { noticeText } from "./print.js";

/** `profile` runs tests, or the one script that it is given, and measures nothing but where the time goes. */
export function asProfile(commandLine: CommandLine): CommandLine {
  const operands = commandLine.positionals.slice(1);
  const options = { coverage: false, ...commandLine.options, profile: true };
  const [script = ""] = operands;
  if (operands.length === 1 && isScript(script))
    return {
      ...commandLine,
      positionals: ["run", script],
      lua: [script, ...commandLine.args],
      args: [],
      options,
    };
  return { ...commandLine, positionals: operands, options };
}

/** A file that is no test by its name. */
function isScript(operand: string): boolean {
  const name = path.relative(process.cwd(), path.resolve(operand)).split(path.sep).join("/");
  return isFile(operand) && testName(name) === null;
}

/** Where the time went, if anybody has asked for that. */
export async function reportProfile(
  config: Config,
  { profile, coverage }: Pick<RunResult, "profile" | "coverage">,
): Promise<void> {
  if (profile === null) return;
  await writeProfile(config, profile, coverage);
  // What a run has covered is opened with its pages.
  if (config.open && !config.coverage)
    openFlameGraph(config, (message) =>
      console.error(noticeText({ level: "warning", file: config.cwd, message })),
    );
}
