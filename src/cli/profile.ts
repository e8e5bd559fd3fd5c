import path from "node:path";
import { testCode } from "../discover/testCode.js";
import { noProfile } from "../errors.js";
import { isFile } from "../files/files.js";
import { type Config, type Profile, type RunResult, readProfiles, writeProfile } from "../index.js";
import type { CommandLine } from "./flags.js";

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
  const scope = { root: "", tests: [], hasOtherTests: true, include: [], exclude: [], extension: [] };
  const name = path.relative(process.cwd(), path.resolve(operand)).split(path.sep).join("/");
  return isFile(operand) && testCode(scope, name) === null;
}

/** Where the time went, if anybody has asked for that. */
export async function reportProfile(config: Config, { profile }: Pick<RunResult, "profile">): Promise<void> {
  if (profile !== null) await writeProfile(config, profile);
}

/** The sum of the profiles that runs have left. Throws NO_COVERAGE where there are none. */
export function keptProfile({ tempDir, cwd }: Config): Profile {
  const profile = readProfiles(tempDir, cwd);
  if (profile === null) throw noProfile(tempDir);
  return profile;
}
