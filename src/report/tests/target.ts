import path from "node:path";
import { hasColors } from "../../colors.js";
import { notWritable } from "../../errors/outputs.js";
import { usage } from "../../errors.js";
import { type Fence, makeFolder, placeOf } from "../../output/place.js";
import { appendWhole, openWhole, removePlainFile, type WholeFile } from "../../output/whole.js";
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
  /** After the last event. What a reporter that failed has written is not whole. Throws NOT_WRITABLE. */
  close(isWhole: boolean): void;
}

/** What reporters write for. Links in the fence are not followed. */
export interface Place {
  readonly root: string;
  readonly fence: Fence;
  /** Whether nobody else writes to the terminal while tests run, so that lines can be drawn over. */
  readonly isAlone: boolean;
}

export function targetOf({ file }: Request, { root, fence, isAlone }: Place): Target {
  return file === null ? standardTarget(root, isAlone) : fileTarget(path.resolve(root, file), root, fence);
}

function standardTarget(root: string, isAlone: boolean): Target {
  const { stdout, stderr, env } = process;
  const context: TestReporterContext = {
    root,
    write: standardWriter(stdout),
    writeError: standardWriter(stderr),
    colors: hasColors(stdout),
    terminal: isAlone && stdout.isTTY && mayBeDrawnOver(env) ? stdout : null,
    environment: env,
  };
  return { context, open: () => {}, close: () => {} };
}

/** A CI log keeps everything that is written to it. */
function mayBeDrawnOver(env: NodeJS.ProcessEnv): boolean {
  return !env.CI && !env.NO_COLOR && env.TERM !== "dumb";
}

/**
 * The file has its name once the run has ended, and what a run before has left is removed before: half a document, or
 * that of another run, is nothing that somebody could read.
 */
function fileTarget(file: string, root: string, fence: Fence): Target {
  let whole: WholeFile | null = null;
  let hasEnded = false;
  const open = () => {
    whole ??= guarded(file, () => opened(file, fence));
    return whole;
  };
  const write = (chunk: string | Uint8Array) => {
    const bytes = Buffer.from(chunk);
    if (!hasEnded) return guarded(file, () => open().write(bytes));
    // What a reporter writes after the run's end must not take away what it wrote before.
    guarded(file, () => appendWhole(file, bytes, { fence }));
  };
  const close = (isWhole: boolean) => {
    const ended = whole;
    whole = null;
    hasEnded = true;
    guarded(file, () => (isWhole ? ended?.commit() : ended?.discard()));
  };
  const context = { root, write, writeError: write, colors: false, terminal: null, environment: process.env };
  return { context, open, close };
}

function opened(file: string, fence: Fence): WholeFile {
  makeFolder(path.dirname(file), fence);
  const whole = openWhole(file, { fence });
  removePlainFile(placeOf(file, fence));
  return whole;
}

function guarded<Value>(file: string, action: () => Value): Value {
  try {
    return action();
  } catch (cause) {
    throw notWritable(file, cause);
  }
}
