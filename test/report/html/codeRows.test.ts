import fc from "fast-check";
import { expect, test } from "vitest";
import { type Code, codeRows } from "../../../src/report/html/codeRows.js";
import type { Miss } from "../../../src/report/misses/miss.js";
import { sourceText } from "../../../src/report/misses/sourceText.js";
import type { Colored } from "../../../src/source/colored.js";

/** Pieces of texts that are easily taken for something else. */
const pieces = [
  "a",
  "<b>",
  "&amp;",
  '"',
  "'",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\r",
  "😀",
  "é",
  "</td>",
  "\ufffd",
  "--[[",
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join(""));
const spans = fc.array(fc.tuple(fc.nat(60), fc.nat(20)), { maxLength: 8 });

test("any marks and colours leave the text what it is, and are where they belong", () => {
  fc.assert(
    fc.property(texts, spans, spans, (text, marked, colored) => {
      const code = codeOf(text, marked, colored);
      const shown = read(codeRows(code).rows, code);
      expect(shown.lines).toEqual(linesOf(code));
      code.misses.forEach((miss, index) => {
        expect(shown.marked.get(index) ?? []).toEqual(blackIn(text, miss));
      });
    }),
    { numRuns: 2000 },
  );
});

function codeOf(text: string, marked: [number, number][], colored: [number, number][]): Code {
  const place = ([start, length]: [number, number]) => {
    const from = boundary(text, start);
    return { start: from, end: boundary(text, from + length) };
  };
  const misses = marked.map((each): Miss => {
    const { start, end } = place(each);
    return { kind: "operand", start, end, line: 1, words: "<words>", isDead: false };
  });
  const inOrder = (a: Miss, b: Miss) => a.start - b.start || b.end - a.end;
  return {
    text: sourceText(text),
    colored: apart(colored.map(place)),
    misses: misses.sort(inOrder),
    hits: {},
  };
}

/** A place in a text, between two characters of it. */
function boundary(text: string, at: number): number {
  const isInside = /^[\udc00-\udfff]/.test(text.slice(at)) && at > 0;
  return Math.min(isInside ? at + 1 : at, text.length);
}

/** Tokens do not overlap. */
function apart(places: readonly { start: number; end: number }[]): Colored[] {
  let end = 0;
  const sorted = places.toSorted((a, b) => a.start - b.start);
  return sorted.flatMap((each) => {
    if (each.start < end || each.start === each.end) return [];
    end = each.end;
    return [{ ...each, color: "k" as const }];
  });
}

function linesOf({ text: { text } }: Code): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.length > 1 && lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** The places in a range that are no white space at the ends of a line. */
function blackIn(text: string, { start, end }: Miss): number[] {
  const found: number[] = [];
  for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g)) {
    const first = index + line.length - line.trimStart().length;
    const last = index + line.trimEnd().length;
    for (let at = Math.max(first, start); at < Math.min(last, end); at++) found.push(at);
  }
  return found;
}

interface Shown {
  readonly lines: readonly string[];
  /** By the number of a miss: the places of its characters in the text. */
  readonly marked: ReadonlyMap<number, number[]>;
}

/** Reads rows as a browser does. */
function read(rows: string, { text: { starts } }: Code): Shown {
  const lines: string[] = [];
  const marked = new Map<number, number[]>();
  for (const [, content = ""] of rows.matchAll(/<code>(.*?)<\/code>/gs)) {
    const start = starts[lines.length] ?? 0;
    let line = "";
    for (const { text, ids } of charactersIn(content)) {
      for (const id of ids)
        marked.set(id, [...(marked.get(id) ?? []), ...placesOf(text, start + line.length)]);
      line += text;
    }
    lines.push(line);
  }
  return { lines, marked };
}

/** The characters of markup, with the misses that each is marked for. */
function charactersIn(content: string): { readonly text: string; readonly ids: readonly number[] }[] {
  let ids: number[] = [];
  const parts = content.matchAll(/<mark [^>]*data-m="([\d ]*)"[^>]*>|<[^>]*>|&[^;]*;|[^<&]/gsu);
  return Array.from(parts).flatMap(([tag, opened]) => {
    if (opened !== undefined) ids = opened.split(" ").map(Number);
    else if (tag === "</mark>") ids = [];
    return tag.startsWith("<") ? [] : [{ text: decoded(tag), ids }];
  });
}

/** A character may be two code units. */
function placesOf(character: string, at: number): number[] {
  return Array.from({ length: character.length }, (_, unit) => at + unit);
}

function decoded(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "&",
    "&quot;": '"',
    "&#39;": "'",
  };
  return entities[text] ?? text;
}
