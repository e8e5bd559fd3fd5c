import type { TraceRequest } from "../../../types.js";
import type { Texts } from "./texts.js";
import type { TracedFunction } from "./tracedFunctions.js";

/** What is written: a line for each event, at once, so that it is there when a program hangs or is killed. */
export interface TraceOutput {
  /** How many lines there are. */
  readonly count: number;
  /** Whether nothing more is written. */
  readonly isOver: boolean;
  /** A test begins at a place, "" for one that nobody knows; it is said where something of it is shown. */
  test(place: string, name: string): void;
  line(coroutine: number, fn: TracedFunction, number: number, level: number): void;
  call(coroutine: number, place: string, level: number, mark: string, name: string, note?: string): void;
}

/** How wide the column of places is, in characters of UTF-8. */
const width = 22;

export function createTraceOutput(
  { colors, limit }: TraceRequest,
  texts: Texts,
  write: (bytes: Uint8Array) => void,
): TraceOutput {
  let count = 0;
  let shown = 1;
  const isOver = () => limit !== null && count >= limit;
  const put = (text: string) => {
    if (isOver()) return;
    count++;
    write(Buffer.from(isOver() ? `${text}\n${ended(count)}\n` : `${text}\n`, "latin1"));
  };
  const row = (place: string, level: number, text: string) => {
    const { length } = place.replace(/[\x80-\xbf]/g, "");
    const padding = " ".repeat(Math.max(width - length, 0));
    const where = colors ? `\x1b[2m${place}\x1b[22m` : place;
    const rest = text === "" ? "" : `${padding}  ${"  ".repeat(level)}${text}`;
    put(`${where}${rest}`);
  };
  // Which coroutine runs is said where it is another one than before; the main one is 1.
  let test: { readonly place: string; readonly name: string } | null = null;
  const enter = (coroutine: number) => {
    if (test !== null) row(test.place, 0, `-- test: ${test.name}`);
    test = null;
    if (coroutine === shown) return;
    shown = coroutine;
    row("", 0, `-- coroutine ${coroutine}`);
  };
  return {
    get count() {
      return count;
    },
    get isOver() {
      return isOver();
    },
    test: (place, name) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
      test = { place, name: name.replace(/[\0-\x1f\x7f]/g, "?") };
    },
    line: (coroutine, { file, source }, number, level) => {
      enter(coroutine);
      row(`${file}:${number}`, level, texts.line(source, number));
    },
    call: (coroutine, place, level, mark, name, note = "") => {
      enter(coroutine);
      row(place, level, `${mark} ${colors ? `\x1b[36m${name}\x1b[39m` : name}${note}`);
    },
  };
}

function ended(lines: number): string {
  return `-- the trace ends after ${lines} lines, as --limit says; the program goes on`;
}
