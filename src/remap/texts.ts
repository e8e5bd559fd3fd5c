/** Messages and tracebacks that lead to what people have written. */

import type { Place } from "../types.js";

/** Where a line of a file was in what that was made of, by the name that a text has for it. */
type FindOriginal = (name: string, line: number) => Place | null;

/** What stands at the beginning of a line, as Lua puts it before a message and into a traceback. */
const position = /^(\s*)(\S.*?):(\d+):/;
/** A function, in a traceback. */
const definition = /<([^<>]+?):(\d+)>/g;
/** Where a limit has ended a program. */
const ending = / at (\S.*?):(\d+)(?=;|$)/;

/**
 * A text with the places in it that Lua has put there: at the beginning of a line, one behind the other, and of functions in a traceback.
 * What stands elsewhere may be a value that a test compares, and stays as it is.
 */
export function withOriginals(text: string, find: FindOriginal): string {
  if (text === "") return text;
  return text
    .split("\n")
    .map((line) => lineWithOriginals(line, find))
    .join("\n");
}

function lineWithOriginals(line: string, find: FindOriginal): string {
  const replaced = (whole: string, name: string, number: string, before: string, behind: string) => {
    const place = find(name, Number(number));
    return place === null ? whole : `${before}${place.file}:${place.line}${behind}`;
  };
  const found = position.exec(line);
  if (found === null)
    return line.replace(ending, (whole, name: string, number: string) =>
      replaced(whole, name, number, " at ", ""),
    );
  const [whole, indent = "", name = "", number = ""] = found;
  const start = replaced(whole, name, number, indent, ":");
  const rest = line.slice(whole.length);
  // A message that was passed on has the place of each who did.
  const isPassedOn = start !== whole && position.test(rest);
  const end = isPassedOn
    ? lineWithOriginals(rest, find)
    : rest.replace(definition, (each, file: string, at: string) => replaced(each, file, at, "<", ">"));
  return `${start}${end}`;
}
