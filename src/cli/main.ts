import { readFileSync } from "node:fs";
import { LuacovError } from "../errors.js";
import { givenArguments } from "../files/files.js";
import { type CommandLine, parseCommandLine } from "./arguments/flags.js";
import { errorText } from "./print.js";

const withoutPrograms = ["report", "check-coverage", "annotate", "merge", "agent"];

/** The command line in (without node and script), the exit code out. */
export async function main(argv: readonly string[]): Promise<number> {
  return guarded(() => command(givenArguments(argv)));
}

/** The arguments of `lua` in, the exit code out; a program that measures nothing by itself. */
export async function lua(argv: readonly string[]): Promise<number> {
  return guarded(async () => {
    const [{ loadConfig }, { execLua }] = await Promise.all([import("../index.js"), import("./exec.js")]);
    const config = await loadConfig({ reporter: ["none"] });
    return execLua(config, givenArguments(argv), false, null);
  });
}

async function command(argv: readonly string[]): Promise<number> {
  if (argv[0] === "dap") return (await import("./dap.js")).dap(argv.slice(1));
  const commandLine = parseCommandLine(argv);
  if (commandLine.help) return print((await import("./help.js")).helpText(process.stdout.columns ?? 80));
  if (commandLine.version) return print(`${version()}\n`);
  if (runsPrograms(commandLine)) (await import("../early.js")).startProgramsEarly(commandLine);
  const { execute } = await import("./commands.js");
  return execute(commandLine);
}

/** Whether Lua of ours is to run, and not what earlier runs have left, or a Lua of the user's. */
function runsPrograms({ command, positionals }: CommandLine): boolean {
  return command === null && !withoutPrograms.includes(positionals[0] ?? "");
}

/** A user's mistake is a sentence on standard error. */
async function guarded(run: () => Promise<number>): Promise<number> {
  const lost = noteLostOutput();
  const code = await codeOf(run);
  // What goes wrong in a stream is told after the event that wrote.
  await new Promise((resolve) => setImmediate(resolve));
  const error = lost();
  if (error === null) return code;
  console.error(errorText(`Cannot write to standard output: ${error.message}`));
  return code === 0 ? 2 : code;
}

async function codeOf(run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof LuacovError)) throw error;
    console.error(errorText(error.message));
    return error.code === "NO_COVERAGE" ? 1 : 2;
  }
}

/** Gives the first reason why something that was written to standard output is not there. */
function noteLostOutput(): () => Error | null {
  let lost: Error | null = null;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may leave early (`| head`); that is no error of this program.
    if (error.code !== "EPIPE") lost ??= error;
  });
  // There is nobody left to tell.
  process.stderr.on("error", () => {});
  return () => lost;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return manifest.version;
}
