import type { Output, TestEvent, TestReporterContext } from "../../types.js";
import { createProgress } from "./progress.js";

type ProgressEvent = Extract<TestEvent, { readonly kind: "progress" }>;

/** What a person watches: lines of ours, what programs write, and below them a progress bar on a terminal. */
export interface Screen {
  /** Writes a text that begins on a line of its own and ends with a line's end. */
  print(text: string): void;
  /** Writes a text where the last one of this kind ended. */
  append(text: string): void;
  /** Passes on what a program wrote, to the stream that it wrote to. */
  output(output: Output): void;
  progress(event: ProgressEvent): void;
}

const lineFeed = 10;

export function createScreen({ write, writeError, terminal }: TestReporterContext): Screen {
  const progress = terminal === null ? null : createProgress(terminal, write);
  let atLineStart = true;
  let appending = false;
  const send = (text: string) => {
    if (text === "") return;
    progress?.hide();
    write(text);
    atLineStart = text.endsWith("\n");
  };
  const freshLine = () => send(atLineStart ? "" : "\n");
  return {
    print: (text) => {
      freshLine();
      send(`${text}\n`);
      appending = false;
    },
    append: (text) => {
      if (!appending) freshLine();
      send(text);
      appending = true;
    },
    output: ({ stream, bytes }) => {
      if (bytes.length === 0) return;
      // On a terminal both streams meet; elsewhere standard error is somebody else's line.
      const isOurs = stream === "stdout" || terminal !== null;
      if (isOurs && appending) freshLine();
      progress?.hide();
      (stream === "stdout" ? write : writeError)(bytes);
      if (!isOurs) return;
      atLineStart = bytes.at(-1) === lineFeed;
      appending = false;
    },
    progress: (event) => {
      // Drawn behind the beginning of a line, the bar would take it away when it vanishes.
      if (atLineStart) progress?.show(event);
    },
  };
}
