import luaparse, { type Chunk, type Comment, type Expression, type Node, type Statement } from "luaparse";

export type { Comment, Expression, Node, Statement };

/** Where something begins and ends, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A token; `symbol` is the text of a keyword or punctuator, else empty. */
export interface Token extends Span {
  readonly symbol: string;
}

/** A parsed Lua text. Positions are byte offsets. */
export interface Syntax {
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  readonly tokens: readonly Token[];
}

export type Parsed =
  | { readonly ok: true; readonly syntax: Syntax }
  | { readonly ok: false; readonly message: string };

// Of luaparse's token types.
const END_OF_FILE = 1;
const KEYWORD = 4;
const PUNCTUATOR = 32;

const BOM = /^\u00ef\u00bb\u00bf/;

/** Parses a Lua 5.3 text. Bytes are taken for characters one by one, so that every position is an offset. */
export function parse(source: Uint8Array): Parsed {
  const code = blankStart(Buffer.from(source).toString("latin1"));
  const options = { luaVersion: "5.3", encodingMode: "pseudo-latin1" } as const;
  try {
    const chunk: Chunk = luaparse.parse(code, { ...options, comments: true, ranges: true });
    const lexer = luaparse.parse(code, { ...options, wait: true });
    const tokens: Token[] = [];
    for (let token = lexer.lex(); token.type !== END_OF_FILE; token = lexer.lex()) {
      const symbol = token.type === KEYWORD || token.type === PUNCTUATOR ? token.value : "";
      tokens.push({ start: token.range[0], end: token.range[1], symbol });
    }
    return { ok: true, syntax: { body: chunk.body, comments: chunk.comments ?? [], tokens } };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Spaces instead of what Lua skips at the start of a file: a byte order mark, and a first line with "#". */
function blankStart(code: string): string {
  const spaces = (text: string) => " ".repeat(text.length);
  return code
    .replace(BOM, spaces)
    .replace(/^\s*#[^\r\n]*/, (line) => (/^ *#/.test(line) ? spaces(line) : line));
}

/** Where a node begins and ends. The parser's types do not know the ranges that it was asked for. */
export function spanOf(node: Node): Span {
  const { range } = node as Node & { range: [number, number] };
  return { start: range[0], end: range[1] };
}

/** The nodes directly below a node, in the order of the source. */
export function childrenOf(node: Node): Node[] {
  const values: unknown[] = Object.values(node).flat();
  return values.filter(isNode).sort((a, b) => spanOf(a).start - spanOf(b).start);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "range" in value;
}
