import { isCommand } from "../config/commands/commandNames.js";
import { LuacovError, usage } from "../errors.js";
import { givenArguments } from "../files/files.js";
import { type CommandLine, parseCommandLine } from "./arguments/flags.js";
import { completionRequest, quotedRequest } from "./completion/request.js";
import { prepareProcess } from "./prepareProcess.js";
import { errorText } from "./print.js";

const withoutPrograms = ["report", "check-coverage", "annotate", "who", "merge", "agent", "mutate"];

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
  if (argv[0] === completionRequest) return complete(argv.slice(1));
  if (argv[0] === quotedRequest) return complete(await unquoted(argv.slice(1)));
  if (argv[0] === "help") return help(argv[1] ?? null, argv.slice(2));
  if (argv[0] === "dap" && !isHelp(argv[1])) return (await import("./debug/dap.js")).dap(argv.slice(1));
  const commandLine = parseCommandLine(argv);
  const { positionals } = commandLine;
  if (commandLine.help) return help(topicOf(commandLine), []);
  prepareProcess(commandLine);
  if (commandLine.version) return print((await import("./version.js")).versionText());
  if (positionals[0] === "completion")
    return (await import("./completion/print.js")).printScript(positionals);
  if (positionals[0] === "doctor") return (await import("./project/doctor.js")).doctor(commandLine);
  if (positionals[0] === "init") return (await import("./project/init.js")).init(commandLine);
  if (runsPrograms(commandLine)) (await import("../early.js")).startProgramsEarly(commandLine);
  const { execute } = await import("./commands.js");
  return execute(commandLine);
}

/** Whether Lua of ours is to run, and not what earlier runs have left, or a Lua of the user's. */
function runsPrograms({ command, list, positionals }: CommandLine): boolean {
  return command === null && !list && !withoutPrograms.includes(positionals[0] ?? "");
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

/** What the scripts of `completion` ask: the words up to the one that is being typed. */
async function complete(words: readonly string[]): Promise<number> {
  const { completions } = await import("./completion/complete.js");
  return print((await completions(words)).map((each) => `${each}\n`).join(""));
}

async function unquoted(words: readonly string[]): Promise<string[]> {
  const { withoutQuoting } = await import("./completion/quoting.js");
  return words.map(withoutQuoting);
}

const isHelp = (argument: string | undefined) => argument === "--help" || argument === "-h";

/** What `--help` is to be about: the command, if there is one. */
function topicOf({ positionals: [first = ""], command }: CommandLine): string | null {
  if (command !== null) return "cover";
  return isCommand(first) ? first : null;
}

async function help(topic: string | null, others: readonly string[]): Promise<number> {
  if (others.length > 0)
    throw usage(`help takes one command, but was given "${[topic, ...others].join(" ")}"`);
  const { helpText } = await import("./help/help.js");
  return print(helpText(topic, process.stdout.columns ?? 80));
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
