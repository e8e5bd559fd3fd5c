import { type Config, openFlameGraph, type RunResult, writeProfile } from "../index.js";
import type { CommandLine } from "./arguments/flags.js";
import { noticeText } from "./print.js";
import { asScriptOrTests } from "./script.js";

/** `profile` runs tests, or the one script that it is given, and measures nothing but where the time goes. */
export function asProfile(commandLine: CommandLine): CommandLine {
  return asScriptOrTests(commandLine, { coverage: false, ...commandLine.options, profile: true });
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
