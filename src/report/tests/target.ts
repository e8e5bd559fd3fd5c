import { closeSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { hasColors } from "../../colors.js";
import { notWritable, usage } from "../../errors.js";
import { makeFolder } from "../../makeFolder.js";
import type { TestReporterContext } from "../../types.js";
import { standardWriter } from "./standard.js";

/** Which reporter is asked for, and the file that it writes; null for standard output. */
export interface Request {
  readonly name: string;
  readonly file: string | null;
}

/** Reads `NAME` or `NAME=FILE`. Throws USAGE when one of them is empty. */
export function parseRequest(text: string): Request {
  const separator = text.indexOf("=");
  if (separator === -1) return { name: text, file: null };
  const [name, file] = [text.slice(0, separator), text.slice(separator + 1)];
  if (name === "" || file === "") throw usage(`The test reporter "${text}" must be NAME or NAME=FILE`);
  return { name, file };
}

/** Where a reporter writes. */
export interface Target {
  readonly context: TestReporterContext;
  /** Before the first event. Throws NOT_WRITABLE. */
  open(): void;
  close(): void;
}

export function targetOf({ file }: Request, root: string): Target {
  return file === null ? standardTarget(root) : fileTarget(path.resolve(root, file), root);
}

function standardTarget(root: string): Target {
  const { stdout, stderr, env } = process;
  const context: TestReporterContext = {
    root,
    write: standardWriter(stdout),
    writeError: standardWriter(stderr),
    colors: hasColors(stdout),
    terminal: stdout.isTTY && mayBeDrawnOver(env) ? stdout : null,
    environment: env,
  };
  return { context, open: () => {}, close: () => {} };
}

/** A CI log keeps everything that is written to it. */
function mayBeDrawnOver(env: NodeJS.ProcessEnv): boolean {
  return !env.CI && !env.NO_COLOR && env.TERM !== "dumb";
}

/** The file is written as the run goes, so that a run that is killed leaves what it knew. */
function fileTarget(file: string, root: string): Target {
  let descriptor: number | null = null;
  let mode: "w" | "a" = "w";
  const open = () => {
    descriptor ??= guarded(file, () => opened(file, mode));
    // What a reporter writes after the run's end must not take away what it wrote before.
    mode = "a";
    return descriptor;
  };
  const write = (chunk: string | Uint8Array) => {
    const to = open();
    guarded(file, () => writeAll(to, Buffer.from(chunk)));
  };
  const close = () => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  const context = { root, write, writeError: write, colors: false, terminal: null, environment: process.env };
  return { context, open, close };
}

function opened(file: string, mode: "w" | "a"): number {
  makeFolder(path.dirname(file));
  return openSync(file, mode);
}

function guarded<Value>(file: string, action: () => Value): Value {
  try {
    return action();
  } catch (cause) {
    throw notWritable(file, cause);
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written);
  }
}
