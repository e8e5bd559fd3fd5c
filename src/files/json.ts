/** JSON that people or their tools have written, perhaps behind the byte order mark that some editors put first. */

import { createRequire } from "node:module";
import type { ParseErrorCode } from "jsonc-parser";

const require = createRequire(import.meta.url);

/** Few files have comments or mistakes in them, so the first that needs the package loads it. */
export function jsonc(): typeof import("jsonc-parser") {
  return require("jsonc-parser");
}

const byteOrderMark = "\ufeff";

/** A text, and what may stand before it that belongs to no text. */
export function withoutMark(text: string): { readonly mark: string; readonly text: string } {
  const mark = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  return { mark, text: text.slice(mark.length) };
}

/** What the bytes of a JSON file hold. Throws what is wrong with them first, with its line and column. */
export function parseJson(content: Buffer): unknown {
  const { text } = withoutMark(content.toString("utf8"));
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not every message of V8's says where, and none of Node 20's has a line.
    const mistake = mistakeIn(text, { disallowComments: true });
    throw mistake === null ? error : new Error(mistake, { cause: error });
  }
}

/** The same where comments and trailing commas are allowed. */
export function parseJsonWithComments(content: Buffer): unknown {
  const { text } = withoutMark(content.toString("utf8"));
  const options = { allowTrailingComma: true };
  const mistake = mistakeIn(text, options);
  if (mistake !== null) throw new Error(mistake);
  return jsonc().parse(text, [], options);
}

/** `colon expected in line 3, column 9`; null where there is no mistake. */
function mistakeIn(
  text: string,
  options: { readonly disallowComments?: boolean; readonly allowTrailingComma?: boolean },
): string | null {
  const mistakes: string[] = [];
  const onError = (code: ParseErrorCode, _offset: number, _length: number, line: number, character: number) =>
    mistakes.push(`${wordsOf(code)} in line ${line + 1}, column ${character + 1}`);
  jsonc().visit(text, { onError }, options);
  return mistakes[0] ?? null;
}

function wordsOf(code: ParseErrorCode): string {
  const words = jsonc().printParseErrorCode(code);
  return words.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
