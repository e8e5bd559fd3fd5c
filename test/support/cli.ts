import { type ChildProcessByStdio, type SpawnOptionsWithStdioTuple, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { isCommand } from "../../src/config/commands/commandNames.js";
import { meaningOf } from "../../src/config/commands/commands.js";
import { testLua, withoutLua } from "./testLua.js";

/** How the command ended: its exit code and what it wrote, as a person in any folder would read it. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type CliProcess = ChildProcessByStdio<null, Readable, Readable>;
type Environment = Readonly<Record<string, string>>;

/** The user of the system that a command runs as. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

const bin = fileURLToPath(new URL("../../bin/luacov-ts.js", import.meta.url));

/** Starts the built command in a folder, without colours and as if not in CI. */
export function startCli(
  folder: string,
  args: readonly string[],
  environment: Environment = {},
  user?: User,
): CliProcess {
  return spawn(process.execPath, [bin, ...inLua(args)], { ...optionsFor(folder, environment), ...user });
}

/** The same, with all that it writes in standard output, in the order in which it is written. */
export function startCliInOrder(folder: string, args: readonly string[]): CliProcess {
  const inOrder = ["-c", 'exec "$@" 2>&1', "sh", process.execPath, bin, ...inLua(args)];
  return spawn("sh", inOrder, optionsFor(folder, {}));
}

function optionsFor(
  folder: string,
  environment: Environment,
): SpawnOptionsWithStdioTuple<"ignore", "pipe", "pipe"> {
  const { CI: _, ...inherited } = process.env;
  return {
    cwd: folder,
    env: { ...inherited, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  };
}

/** Runs the built command to its end. In the output `folder` reads `<folder>` and times read `(N ms)`. */
export async function runCli(
  folder: string,
  args: readonly string[],
  environment: Environment = {},
  user?: User,
): Promise<CliResult> {
  const child = startCli(folder, args, environment, user);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitCode(child)]);
  return { code, stdout: normalised(stdout, folder), stderr: normalised(stderr, folder) };
}

/** The exit code once all output is read; -1 for a process that a signal ended. */
export async function exitCode(child: CliProcess): Promise<number> {
  const [code]: unknown[] = await once(child, "close");
  return typeof code === "number" ? code : -1;
}

/** The arguments of a run in the Lua of the tests, where the command runs anything in a Lua. */
export function inLua(args: readonly string[]): readonly string[] {
  const command = args.find((each) => isCommand(each) && each !== "tests") ?? "test-run";
  const isForLua = meaningOf(command, "lua").isKnown && !args.includes("--lua");
  return testLua === null || !isForLua ? args : ["--lua", testLua, ...args];
}

function normalised(output: string, folder: string): string {
  return withoutLua(output.replaceAll(folder, "<folder>").replace(/\(\d+ ms\)/g, "(N ms)"));
}
