import { decodeName } from "../files/names.js";
import type { LineRange } from "../types.js";

/** The lines that a diff of git's without context adds or changes, by file from the repository's top on. */
export function parseDiff(diff: Uint8Array): ReadonlyMap<string, readonly LineRange[]> {
  const files = new Map<string, LineRange[]>();
  let ranges: LineRange[] = [];
  for (const line of outsideOfHunks(diff)) {
    const hunk = hunkOf(line);
    if (hunk !== null && hunk.added > 0) {
      ranges.push({ first: hunk.first, last: hunk.first + hunk.added - 1 });
    } else if (line.startsWith("+++ ")) {
      const name = fileName(line.slice("+++ ".length));
      ranges = [];
      if (name !== null) files.set(name, ranges);
    }
  }
  return files;
}

/** Lines of a file may look like lines of a diff, so they are counted. */
function* outsideOfHunks(diff: Uint8Array): Generator<string> {
  let content = 0;
  for (const line of linesOf(diff)) {
    if (content === 0) {
      const hunk = hunkOf(line);
      content = hunk === null ? 0 : hunk.removed + hunk.added;
      yield line;
    } else if (!line.startsWith("\\")) content--;
  }
}

function* linesOf(diff: Uint8Array): Generator<string> {
  const text = Buffer.from(diff.buffer, diff.byteOffset, diff.byteLength).toString("latin1");
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    yield text.slice(start, end === -1 ? undefined : end);
    start = end === -1 ? text.length : end + 1;
  }
}

function hunkOf(line: string): { removed: number; first: number; added: number } | null {
  const found = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
  if (found === null) return null;
  const [, removed = "1", first, added = "1"] = found;
  return { removed: Number(removed), first: Number(first), added: Number(added) };
}

/** Null for a file that is gone. A name with blanks ends at a tab, one with other characters is in quotes. */
function fileName(text: string): string | null {
  const name = text.startsWith('"') ? unquoted(text) : text.replace(/\t$/, "");
  return name === "/dev/null" ? null : decodeName(Buffer.from(name.replace(/^b\//, ""), "latin1"));
}

function unquoted(text: string): string {
  const inner = text.slice(1, text.lastIndexOf('"'));
  return inner.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8)) : (escapes[code] ?? code),
  );
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  t: "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
};
