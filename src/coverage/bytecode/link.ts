import { findFunctions, type NamedFunction } from "../../source/functions.js";
import { type Span, type Statement, type Syntax, spanOf, type Token } from "../../source/syntax.js";
import { firstTokenAt } from "../../source/tokens.js";
import type { Chunk, Proto } from "../../types.js";
import { type Conditions, matchTests } from "./matchTests.js";

/**
 * The first and last instruction of a statement, nested functions aside; of a compound one with those of its
 * blocks. The last may be a jump that leaves or repeats the block around the statement: the compiler emits it
 * before it reads on.
 */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

function isBlockJump(proto: Proto, pc: number): boolean {
  return proto.kinds[pc] === "jump" && proto.kinds[pc - 1] !== "test";
}

/** A function of the source with its instructions. */
export interface LinkedFunction {
  /** The index of its proto in the chunk. */
  readonly index: number;
  readonly proto: Proto;
  /** Null for the main function. */
  readonly declaration: NamedFunction | null;
  readonly body: readonly Statement[];
  /** Null when the function's conditions do not match its tests. */
  readonly conditions: Conditions | null;
  /** Null for a statement without instructions. */
  extent(statement: Statement): Extent | null;
  /**
   * The extent without the jumps around it. Null also for what begins with a jump, as `break` does: its count
   * tells nothing, because the compiler redirects jumps to it past it.
   */
  ownExtent(statement: Statement): Extent | null;
  /** The loop instructions of a `for`. */
  loops(statement: Statement): readonly number[];
}

/**
 * Links the functions of a text with the protos of its chunk by the line information of the twin, which names
 * tokens. Returns null when the two do not have the same functions.
 */
export function linkFunctions(
  syntax: Syntax,
  chunk: Chunk,
  twin: Chunk,
  tokenOfLine: readonly number[],
): LinkedFunction[] | null {
  const declarations = findFunctions(syntax.body);
  if (declarations.length + 1 !== chunk.protos.length || !sameCode(chunk, twin)) return null;
  return chunk.protos.map((proto, index) => {
    const declaration = index === 0 ? null : (declarations[index - 1] ?? null);
    const tokens = (twin.protos[index]?.lines ?? []).map((line) => tokenOfLine[line] ?? -1);
    return linkFunction(syntax, declaration, proto, index, tokens);
  });
}

/** Whether a twin has the same instructions as its original; its lines differ. */
export function sameCode(a: Chunk, b: Chunk): boolean {
  const codeOf = (chunk: Chunk) => chunk.protos.map((proto) => proto.code.join()).join(";");
  return codeOf(a) === codeOf(b);
}

function linkFunction(
  { body: mainBody, tokens }: Syntax,
  declaration: NamedFunction | null,
  proto: Proto,
  index: number,
  tokenOfPc: readonly number[],
): LinkedFunction {
  const body = declaration?.node.body ?? mainBody;
  const byToken = pcsByToken(proto, tokenOfPc);
  const tests = proto.kinds.flatMap((kind, pc) =>
    kind === "test" ? [{ pc, token: tokenOfPc[pc] ?? -1 }] : [],
  );
  const extents = new Map<Statement, Extent | null>();
  const extent = (statement: Statement) => {
    const known = extents.get(statement);
    const found = known === undefined ? extentOf(tokenRange(tokens, spanOf(statement)), byToken) : known;
    extents.set(statement, found);
    return found;
  };
  return {
    index,
    proto,
    declaration,
    body,
    conditions: matchTests(body, tests, tokens),
    extent,
    ownExtent: (statement) => withoutJumps(extent(statement), proto),
    loops: (statement) => {
      const token = loopToken(statement, tokens);
      return (byToken.get(token) ?? []).filter((pc) => proto.kinds[pc] === "loop");
    },
  };
}

function withoutJumps(extent: Extent | null, proto: Proto): Extent | null {
  if (extent === null || isBlockJump(proto, extent.first)) return null;
  let { last } = extent;
  while (isBlockJump(proto, last)) last--;
  return { first: extent.first, last };
}

/** The token that a `for` gives its loop instructions the line of (lparser.c): `for`, or the one behind `in`. */
function loopToken(statement: Statement, tokens: readonly Token[]): number {
  const [iterator] = statement.type === "ForGenericStatement" ? statement.iterators : [];
  let token = firstTokenAt(tokens, spanOf(iterator ?? statement).start);
  while (iterator !== undefined && tokens[token - 1]?.symbol === "(") token--;
  return token;
}

/** The pcs of each token. The final RETURN, which every function has, belongs to no statement. */
function pcsByToken(proto: Proto, tokenOfPc: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const byToken = new Map<number, number[]>();
  for (let pc = 0; pc < proto.code.length - 1; pc++) {
    const token = tokenOfPc[pc] ?? -1;
    const pcs = byToken.get(token);
    if (pcs === undefined) byToken.set(token, [pc]);
    else pcs.push(pc);
  }
  return byToken;
}

/** First and last token of a span. */
function tokenRange(tokens: readonly Token[], span: Span): readonly [number, number] {
  return [firstTokenAt(tokens, span.start), firstTokenAt(tokens, span.end) - 1];
}

function extentOf(
  [from, to]: readonly [number, number],
  byToken: ReadonlyMap<number, readonly number[]>,
): Extent | null {
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (let token = from; token <= to; token++) {
    for (const pc of byToken.get(token) ?? []) {
      first = Math.min(first, pc);
      last = Math.max(last, pc);
    }
  }
  return last === -1 ? null : { first, last };
}
