import { readContent } from "../files/files.js";

/** The lines of a source. */
export type LinesOf = (source: string) => readonly string[];

/** Reads each source once. */
export function createLines(): LinesOf {
  const known = new Map<string, readonly string[]>();
  return (source) => {
    const lines =
      known.get(source) ??
      readContent(source)
        .toString()
        .split(/\r\n|\n/);
    known.set(source, lines);
    return lines;
  };
}
