import type { Colors } from "picocolors/types.js";
import { decodeName } from "../../files/names.js";
import { printable } from "../../files/visible.js";
import type { Colored } from "../../source/colored.js";
import type { SourceLine, SourceText } from "./sources.js";

/** Which lines of a text are shown, and what is marked there. */
export interface Listed {
  readonly from: number;
  /** The last one. */
  readonly to: number;
  /** The line where the program stands; null for none of them. */
  readonly current: number | null;
  /** Lines with breakpoints. */
  readonly marked: ReadonlySet<number>;
}

/** Lines of a source with their numbers: `=>` at the current one, `*` where there is a breakpoint. */
export function listing(source: SourceText, { from, to, current, marked }: Listed, colors: Colors): string[] {
  const last = Math.min(to, source.lines.length);
  const first = Math.max(1, from);
  const width = Math.max(3, String(last).length);
  return source.lines.slice(first - 1, last).map((line, index) => {
    const number = first + index;
    const isCurrent = number === current;
    const arrow = isCurrent ? colors.bold("=>") : "  ";
    const mark = marked.has(number) ? colors.red("*") : " ";
    const place = String(number).padStart(width);
    return `${arrow}${isCurrent ? colors.bold(place) : place} ${mark} ${painted(line, colors)}`.trimEnd();
  });
}

const plain = (text: string) => text;

function painted({ text, colored }: SourceLine, colors: Colors): string {
  const paints: Readonly<Record<Colored["color"], (text: string) => string>> = {
    k: colors.magenta,
    l: colors.cyan,
    d: colors.cyan,
    s: colors.green,
    c: colors.gray,
    f: colors.blue,
  };
  let shown = "";
  let end = 0;
  for (const part of colored) {
    shown += piece(text.slice(end, part.start), plain);
    shown += piece(text.slice(part.start, part.end), paints[part.color]);
    end = part.end;
  }
  return shown + piece(text.slice(end), plain);
}

function piece(bytes: string, paint: (text: string) => string): string {
  return bytes === "" ? "" : paint(printable(decodeName(Buffer.from(bytes, "latin1"))));
}
