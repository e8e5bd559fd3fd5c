import { readFileSync } from "node:fs";
import { decodeName, pathOf } from "../../../files/names.js";

/** The lines of sources, for those who read a trace. All texts are bytes, a character for each. */
export interface Texts {
  /** A line without the blanks around it; "" where nobody knows it. */
  line(source: string, number: number): string;
  /** What a function is called in the line where it begins; null where that has none for it, or several functions. */
  nameIn(source: string, number: number): string | null;
}

/** `fileOf` says where the file is that a name stands for. */
export function createTexts(fileOf: (name: string) => string): Texts {
  const known = new Map<string, readonly string[]>();
  const linesOf = (source: string) => {
    const lines = known.get(source) ?? textOf(source, fileOf).split("\n");
    known.set(source, lines);
    return lines;
  };
  const line = (source: string, number: number) => trimmed(linesOf(source)[number - 1] ?? "");
  return { line, nameIn: (source, number) => nameOf(line(source, number)) };
}

/** What C's isspace takes for one. */
function trimmed(text: string): string {
  return text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, "");
}

function nameOf(line: string): string | null {
  if (line.match(/(?<!\w)function(?!\w)/g)?.length !== 1) return null;
  const found =
    /(?<!\w)function[ \t-\r]+([A-Za-z_][\w.:]*)[ \t-\r]*\(/.exec(line) ??
    /([A-Za-z_][\w.]*)[ \t-\r]*=[ \t-\r]*function[ \t-\r]*\(/.exec(line);
  return found?.[1] ?? null;
}

/** Of a chunk that was not loaded from a file, the name is the text, unless somebody has given it another one. */
function textOf(source: string, fileOf: (name: string) => string): string {
  if (!source.startsWith("@")) return source.startsWith("=") ? "" : source;
  try {
    return readFileSync(pathOf(fileOf(decodeName(Buffer.from(source.slice(1), "latin1")))), "latin1");
  } catch {
    return "";
  }
}
