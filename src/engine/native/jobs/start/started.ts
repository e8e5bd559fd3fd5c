import { type ChildProcess, spawn } from "node:child_process";
import type { CommandEnd } from "../../../../types.js";
import { childEnd } from "../../childEnd.js";

/** What it takes to start a process that leads a group of its own. */
export interface StartRequest {
  readonly command: readonly [program: string, ...args: string[]];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: "inherit" | "ignore";
  /** Files that are there, for its standard output and error. */
  readonly output: readonly [stdout: OutputFile, stderr: OutputFile];
}

export interface OutputFile {
  readonly descriptor: number;
  readonly path: string;
}

export interface StartedEnd extends CommandEnd {
  /** What kept it from starting at all. */
  readonly problem: string | null;
}

/** A process, whoever is its parent. */
export interface StartedProcess {
  /** Its number; undefined until it has one, and for what could not be started. */
  pid(): number | undefined;
  hasEnded(): boolean;
  /** Resolves once it has its number, or is known to have none. */
  readonly started: Promise<void>;
  readonly end: Promise<StartedEnd>;
}

/** Starts a process as a child of this one. */
export function startChild({
  command: [program, ...args],
  environment,
  input,
  output,
}: StartRequest): StartedProcess {
  const child = spawn(program, args, {
    stdio: [input, ...output.map(({ descriptor }) => descriptor)],
    env: environment,
    detached: process.platform !== "win32",
  });
  return {
    pid: () => child.pid,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    started: Promise.resolve(),
    end: endOf(child),
  };
}

async function endOf(child: ChildProcess): Promise<StartedEnd> {
  try {
    return { ...(await childEnd(child, "exit")), problem: null };
  } catch (error) {
    return { code: null, signal: null, problem: error instanceof Error ? error.message : String(error) };
  }
}
