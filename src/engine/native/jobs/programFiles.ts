/** What one native program leaves while it runs: its standard output and error, and its news, each in a file. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import path from "node:path";
import type { Output } from "../../../types.js";
import { type NativeEvent, readNews } from "./news.js";
import type { OutputFile } from "./start/started.js";

type Stream = Output["stream"];

/** How much is read at once, in bytes. */
const pieceSize = 2 ** 20;

export interface ProgramListener {
  onOutput(output: Output): void;
  onEvent(event: NativeEvent): void;
}

/** Files that a program appends to, and that are read as they grow. */
export interface ProgramFiles {
  readonly news: string;
  /** What the program gets as its standard output and error. */
  readonly output: readonly [stdout: OutputFile, stderr: OutputFile];
  /** Hands on what is there and was not, in the order in which it happened. */
  read(): void;
  /**
   * As `read`, while the program runs: of what no news follows yet only what the call before has seen, too. Which of two
   * streams came first is known by news alone, and that of a test mostly comes at once.
   */
  look(): void;
  /** How much the program has written, in bytes. */
  size(): number;
  close(): void;
}

/** Makes the files of a program in an empty folder. */
export function openProgramFiles(folder: string, { onOutput, onEvent }: ProgramListener): ProgramFiles {
  const news = path.join(folder, "news");
  const told = openGrowing(news);
  const streams = { stdout: openStream(folder, "stdout"), stderr: openStream(folder, "stderr") } as const;
  const handOn = (stream: Stream, end: number) => {
    for (const bytes of streams[stream].upTo(end)) onOutput({ stream, bytes });
  };
  let rest: Buffer = Buffer.alloc(0);
  let seen: Sizes = { stdout: 0, stderr: 0 };
  const readNewsUpTo = (sizes: Sizes) => {
    rest = Buffer.concat([rest, ...told.upTo(told.size())]);
    const { news: records, length } = readNews(rest);
    rest = rest.subarray(length);
    for (const { event, written } of records) {
      for (const stream of names) handOn(stream, written[stream] ?? sizes[stream]);
      onEvent(event);
    }
  };
  const readUpTo = (endOf: (sizes: Sizes) => Sizes) => {
    // What was written by now precedes whatever is told later; so these sizes are taken first.
    const sizes = { stdout: streams.stdout.size(), stderr: streams.stderr.size() };
    readNewsUpTo(sizes);
    for (const stream of names) handOn(stream, endOf(sizes)[stream]);
    seen = sizes;
  };
  return {
    news,
    output: [streams.stdout, streams.stderr],
    read: () => readUpTo((sizes) => sizes),
    look: () => readUpTo(() => seen),
    size: () => streams.stdout.size() + streams.stderr.size(),
    close: () => {
      for (const each of [told, streams.stdout, streams.stderr]) each.close();
    },
  };
}

/** How much is in each stream, in bytes. */
type Sizes = Readonly<Record<Stream, number>>;

const names: readonly Stream[] = ["stdout", "stderr"];

interface Growing extends OutputFile {
  size(): number;
  /** What follows after what was read before, up to a position, in pieces. */
  upTo(end: number): Iterable<Buffer>;
  close(): void;
}

function openStream(folder: string, stream: Stream): Growing {
  return openGrowing(path.join(folder, stream));
}

/** Opened to append, as several processes may write to it. */
function openGrowing(file: string): Growing {
  const descriptor = openSync(file, "a+", 0o600);
  let position = 0;
  return {
    descriptor,
    path: file,
    size: () => {
      const { size } = fstatSync(descriptor);
      // A program may have emptied its own output.
      if (size < position) position = 0;
      return size;
    },
    *upTo(end) {
      while (position < end) {
        const piece = Buffer.alloc(Math.min(end - position, pieceSize));
        const length = readSync(descriptor, piece, 0, piece.length, position);
        if (length === 0) break;
        position += length;
        yield piece.subarray(0, length);
      }
    },
    close: () => closeSync(descriptor),
  };
}
