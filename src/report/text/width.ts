import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** How many columns of a terminal a text takes: letters of East Asia take two, marks on letters none. */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  const stringWidth: typeof import("string-width") = require("string-width");
  return stringWidth(text);
}

function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** The end of a text, as far as it has room. */
export function endOf(text: string, width: number): string {
  let end = "";
  for (const character of charactersOf(text).reverse()) {
    if (widthOf(character + end) > width) break;
    end = character + end;
  }
  return end;
}

/** The start of a text, as far as it has room. */
export function startOf(text: string, width: number): string {
  let start = "";
  for (const character of charactersOf(text)) {
    if (widthOf(start + character) > width) break;
    start += character;
  }
  return start;
}

function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
