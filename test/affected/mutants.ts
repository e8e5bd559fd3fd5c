import { findFunctions } from "../../src/source/functions.js";
import { forEachChild, parseNewest, type Syntax } from "../../src/source/syntax.js";
import type { Node, Span, Statement } from "../../src/source/tree.js";

/** A text with one change in it, and what that is. */
export interface Mutant {
  readonly what: string;
  readonly text: string;
}

/** `pick(n)` is any whole number from 0 up to n. */
type Pick = (size: number) => number;

/** One change of a Lua text, a character for each byte, that still is Lua; null where it has nothing to change. */
export function mutantOf(text: string, pick: Pick): Mutant | null {
  const parsed = parseNewest(Buffer.from(text, "latin1"));
  if (!parsed.ok) return null;
  for (let attempt = 0; attempt < 20; attempt++) {
    const kind = kinds[pick(kinds.length)] ?? changeToken;
    const mutant = kind(text, parsed.syntax, pick);
    if (mutant !== null && mutant.text !== text && parseNewest(Buffer.from(mutant.text, "latin1")).ok)
      return mutant;
  }
  return null;
}

type Kind = (text: string, syntax: Syntax, pick: Pick) => Mutant | null;

/** A statement that is not there any more, on lines that are. */
const deleteStatement: Kind = (text, syntax, pick) => {
  const statement = anyOf(statementsIn(syntax), pick);
  if (statement === null || statement.type === "ReturnStatement") return null;
  const blank = text.slice(statement.start, statement.end).replace(/[^\r\n]/g, " ");
  return replaced(text, statement, blank, `without the ${statement.type} at ${statement.start}`);
};

const deleteLines: Kind = (text, syntax, pick) => {
  const statement = anyOf(statementsIn(syntax), pick);
  if (statement === null || statement.type === "ReturnStatement") return null;
  return replaced(text, statement, "", `without the ${statement.type} at ${statement.start} and its lines`);
};

const insertError: Kind = (text, syntax, pick) => {
  const statement = anyOf(statementsIn(syntax), pick);
  if (statement === null) return null;
  return inserted(text, statement.start, ' do error("mutant") end ', "an error");
};

const insertLine: Kind = (text, syntax, pick) => {
  const statement = anyOf(statementsIn(syntax), pick);
  if (statement === null) return null;
  const line =
    ["-- a comment\n", "\n\n", "local _ = 1\n", "if false then local _ = 2 end\n"][pick(4)] ?? "\n";
  return inserted(text, statement.start, `\n${line}`, `the line ${JSON.stringify(line)}`);
};

const swaps: Readonly<Record<string, string>> = {
  "==": "~=",
  "~=": "==",
  "<": "<=",
  "<=": "<",
  ">": "<",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "+",
  and: "or",
  or: "and",
  true: "false",
  false: "true",
  nil: "false",
};

const changeToken: Kind = (text, { tokens }, pick) => {
  const all = Array.from({ length: tokens.length }, (_, index) => index);
  const index = anyOf(
    all.filter((each) => {
      const symbol = tokens.symbol(each) ?? "";
      return symbol === "<number>" || symbol === "<string>" || Object.hasOwn(swaps, symbol);
    }),
    pick,
  );
  if (index === null) return null;
  const span = { start: tokens.start(index), end: tokens.end(index) };
  const was = text.slice(span.start, span.end);
  const symbol = tokens.symbol(index) ?? "";
  const other =
    symbol === "<number>" ? `${pick(9)}` : symbol === "<string>" ? '"mutant"' : (swaps[symbol] ?? was);
  return replaced(text, span, other, `${other} for ${was} at ${span.start}`);
};

/** Two functions in each other's places. */
const swapFunctions: Kind = (text, syntax, pick) => {
  const functions = findFunctions(syntax).map(({ node }) => node);
  const at = pick(Math.max(1, functions.length - 1));
  const [one, other] = [functions[at], functions[at + 1]];
  if (one === undefined || other === undefined || other.start < one.end) return null;
  const between = text.slice(one.end, other.start);
  const swapped = text.slice(other.start, other.end) + between + text.slice(one.start, one.end);
  return replaced(
    text,
    { start: one.start, end: other.end },
    swapped,
    `functions at ${one.start} and ${other.start} swapped`,
  );
};

const kinds: readonly Kind[] = [
  ...[deleteStatement, deleteStatement, insertError, insertError, changeToken, changeToken, changeToken],
  ...[deleteLines, insertLine, swapFunctions],
];

function statementsIn({ body }: Syntax): Statement[] {
  const found: Statement[] = [];
  const visit = (node: Node): void => {
    if (node.type.endsWith("Statement") || (node.type === "FunctionDeclaration" && node.identifier !== null))
      found.push(node as Statement);
    forEachChild(node, visit);
  };
  for (const statement of body) visit(statement);
  return found;
}

function anyOf<Thing>(all: readonly Thing[], pick: Pick): Thing | null {
  return all.length === 0 ? null : (all[pick(all.length)] ?? null);
}

function replaced(text: string, { start, end }: Span, by: string, what: string): Mutant {
  return { what, text: text.slice(0, start) + by + text.slice(end) };
}

function inserted(text: string, at: number, what: string, name: string): Mutant {
  return { what: `${name} at ${at}`, text: text.slice(0, at) + what + text.slice(at) };
}
