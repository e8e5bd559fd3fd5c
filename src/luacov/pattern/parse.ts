/** Lua's patterns, which LuaCov's configuration has where others have globs. Texts are bytes, a character for each. */

export type Test = (code: number) => boolean;

export type Item =
  | { readonly kind: "one"; readonly test: Test; readonly repeat: "" | "*" | "+" | "-" | "?" }
  | { readonly kind: "open" | "close" | "position" | "end" }
  | { readonly kind: "same"; readonly index: number }
  | { readonly kind: "frontier"; readonly test: Test }
  | { readonly kind: "balance"; readonly first: number; readonly last: number };

/** A pattern that is ready to be looked for. */
export interface LuaPattern {
  readonly isAnchored: boolean;
  readonly items: readonly Item[];
}

/** Reads a pattern. Throws what Lua says of one that is malformed. */
export function parsePattern(text: string): LuaPattern {
  const isAnchored = text.startsWith("^");
  const reader = { text, at: isAnchored ? 1 : 0 };
  const items: Item[] = [];
  while (reader.at < text.length) items.push(readItem(reader));
  checkCaptures(items);
  return { isAnchored, items };
}

interface Reader {
  readonly text: string;
  at: number;
}

function readItem(reader: Reader): Item {
  const { text, at } = reader;
  const [character, next = ""] = text.slice(at, at + 2);
  if (character === "(")
    return step(reader, next === ")" ? { kind: "position" } : { kind: "open" }, next === ")" ? 2 : 1);
  if (character === ")") return step(reader, { kind: "close" }, 1);
  if (character === "$" && at === text.length - 1) return step(reader, { kind: "end" }, 1);
  if (character === "%" && next === "b") return readBalance(reader);
  if (character === "%" && next === "f") return readFrontier(reader);
  if (character === "%" && /\d/.test(next)) return step(reader, { kind: "same", index: Number(next) - 1 }, 2);
  const test = readTest(reader);
  const repeat = repeats.find((each) => each === text[reader.at]) ?? "";
  reader.at += repeat.length;
  return { kind: "one", test, repeat };
}

const repeats = ["*", "+", "-", "?"] as const;

function step(reader: Reader, item: Item, length: number): Item {
  reader.at += length;
  return item;
}

function readBalance(reader: Reader): Item {
  const { text, at } = reader;
  if (at + 3 >= text.length) throw new Error("malformed pattern (missing arguments to '%b')");
  return step(reader, { kind: "balance", first: text.charCodeAt(at + 2), last: text.charCodeAt(at + 3) }, 4);
}

function readFrontier(reader: Reader): Item {
  reader.at += 2;
  if (reader.text[reader.at] !== "[") throw new Error("missing '[' after '%f' in pattern");
  return { kind: "frontier", test: readTest(reader) };
}

/** What is one character: `.`, `%a`, `[set]`, or itself. */
function readTest(reader: Reader): Test {
  const character = reader.text[reader.at++] ?? "";
  if (character === ".") return () => true;
  if (character === "%") return readClass(reader);
  return character === "[" ? readSet(reader) : isCode(character.charCodeAt(0));
}

const isCode =
  (wanted: number): Test =>
  (code) =>
    code === wanted;

function readClass(reader: Reader): Test {
  const name = reader.text[reader.at++];
  if (name === undefined) throw new Error("malformed pattern (ends with '%')");
  const known = classes[name.toLowerCase()];
  if (known === undefined) return isCode(name.charCodeAt(0));
  const isNegated = name !== name.toLowerCase();
  return (code) => known.test(String.fromCharCode(code)) !== isNegated;
}

/** As C has them without a locale. */
const classes: Readonly<Record<string, RegExp>> = {
  a: /[A-Za-z]/,
  // The controls beyond ASCII are characters that no class has.
  c: /(?=[^\u0080-\u009f])\p{Cc}/u,
  d: /\d/,
  g: /[!-~]/,
  l: /[a-z]/,
  p: /[!-/:-@[-`{-~]/,
  s: /[\t-\r ]/,
  u: /[A-Z]/,
  w: /[A-Za-z\d]/,
  x: /[A-Fa-f\d]/,
};

function readSet(reader: Reader): Test {
  const { text } = reader;
  const isNegated = text[reader.at] === "^";
  if (isNegated) reader.at++;
  const tests: Test[] = [];
  // A "]" that comes first is one of the characters.
  do {
    if (reader.at >= text.length) throw new Error("malformed pattern (missing ']')");
    tests.push(readMember(reader));
  } while (text[reader.at] !== "]");
  reader.at++;
  return (code) => tests.some((test) => test(code)) !== isNegated;
}

function readMember(reader: Reader): Test {
  const { text } = reader;
  const first = text.charCodeAt(reader.at++);
  if (first === 0x25) return readMemberClass(reader);
  const last = text.charCodeAt(reader.at + 1);
  if (text[reader.at] !== "-" || Number.isNaN(last) || last === 0x5d) return isCode(first);
  reader.at += 2;
  return (code) => first <= code && code <= last;
}

function readMemberClass(reader: Reader): Test {
  if (reader.at >= reader.text.length) throw new Error("malformed pattern (missing ']')");
  return readClass(reader);
}

function checkCaptures(items: readonly Item[]): void {
  const open: number[] = [];
  const closed = new Set<number | undefined>();
  let count = 0;
  for (const item of items) {
    if (item.kind === "position") closed.add(count++);
    if (item.kind === "open") open.push(count++);
    if (item.kind === "close") closed.add(closedBy(open));
    if (item.kind === "same" && !closed.has(item.index))
      throw new Error(`invalid capture index %${item.index + 1}`);
  }
  if (count > 32) throw new Error("too many captures");
  if (open.length > 0) throw new Error("unfinished capture");
}

function closedBy(open: number[]): number {
  const last = open.pop();
  if (last === undefined) throw new Error("invalid pattern capture");
  return last;
}
