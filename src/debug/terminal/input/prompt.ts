import { createInterface, type Interface } from "node:readline";
import type { ReadStream } from "node:tty";
import type { Completion } from "./completion.js";

/** Where commands come from. */
export interface Prompt {
  /** The next line; null at the end of the input, and once `over` is aborted. */
  ask(
    text: string,
    complete: (line: string) => Promise<Completion>,
    over: AbortSignal,
  ): Promise<string | null>;
  close(): void;
}

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream | ReadStream;
  readonly output: NodeJS.WritableStream;
  /** Of earlier sessions, the latest first. */
  readonly history: readonly string[];
  readonly mostLines: number;
}

/**
 * Asks on a terminal, where lines can be edited and completed; while nobody is asked, the terminal is the program's. From elsewhere
 * lines are read as they come, and written behind their prompt, so that what is written reads as on a terminal.
 */
export function createPrompt(options: PromptOptions): Prompt {
  const { input } = options;
  return "isTTY" in input && input.isTTY ? terminalPrompt({ ...options, input }) : pipedPrompt(options);
}

type Answer = (line: string | null) => void;

/** Lines that nobody has asked for yet, and who waits for one. */
function createLines(): { add: Answer; next(over: AbortSignal): Promise<string | null> } {
  const lines: (string | null)[] = [];
  let waiting: Answer | null = null;
  const add: Answer = (line) => {
    if (waiting === null) lines.push(line);
    else waiting(line);
  };
  const next = (over: AbortSignal) =>
    new Promise<string | null>((resolve) => {
      const answer: Answer = (line) => {
        waiting = null;
        over.removeEventListener("abort", end);
        resolve(line);
      };
      const end = () => answer(null);
      if (over.aborted) return resolve(null);
      // The end of the input stays its end.
      if (lines.length > 0) return resolve(lines[0] === null ? null : (lines.shift() ?? null));
      waiting = answer;
      over.addEventListener("abort", end);
    });
  return { add, next };
}

function pipedPrompt({ input, output }: PromptOptions): Prompt {
  const lines = createLines();
  let reader: Interface | null = null;
  return {
    ask: async (text, _, over) => {
      if (reader === null) {
        reader = createInterface({ input });
        reader.on("line", lines.add);
        reader.on("close", () => lines.add(null));
      }
      const line = await lines.next(over);
      if (line !== null) output.write(`${`${text}${line}`.trimEnd()}\n`);
      return line;
    },
    close: () => reader?.close(),
  };
}

function terminalPrompt({
  input,
  output,
  history,
  mostLines,
}: PromptOptions & { readonly input: ReadStream }): Prompt {
  const lines = createLines();
  let completer: (line: string) => Promise<Completion> = async () => [[], ""];
  let reader: Interface | null = null;
  let isClosed = false;
  const open = () => {
    const opened = createInterface({
      input,
      output,
      terminal: true,
      history: [...history],
      historySize: mostLines,
      completer: (line: string, done: (error: Error | null, result?: Completion) => void) => {
        completer(line).then((result) => done(null, result), done);
      },
    });
    opened.on("line", lines.add);
    opened.on("close", () => {
      isClosed = true;
      lines.add(null);
    });
    opened.on("SIGINT", () => clearLine(opened));
    return opened;
  };
  return {
    ask: async (text, complete, over) => {
      completer = complete;
      reader ??= open();
      input.setRawMode(true);
      reader.setPrompt(text);
      reader.prompt();
      const line = await lines.next(over);
      if (!isClosed) reader.pause();
      input.setRawMode(false);
      if (line === null) output.write("\n");
      return line;
    },
    close: () => reader?.close(),
  };
}

/** As shells do it. */
function clearLine(reader: Interface): void {
  reader.write(null, { ctrl: true, name: "e" });
  reader.write(null, { ctrl: true, name: "u" });
}
