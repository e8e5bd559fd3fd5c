import { findFunctions, type NamedFunction } from "../../source/functions.js";
import type { Syntax } from "../../source/syntax.js";
import { firstTokenAt, type Tokens } from "../../source/tokens.js";
import type { Statement } from "../../source/tree.js";
import type { Chunk, Proto } from "../../types.js";
import { type Conditions, matchTests, type Test } from "./matchTests.js";
import { createPcsOfTokens, type Extent } from "./pcsOfTokens.js";

function isBlockJump(proto: Proto, pc: number): boolean {
  return proto.kind(pc) === "jump" && proto.kind(pc - 1) !== "test";
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
  /**
   * The first and last instruction of a statement, nested functions aside; of a compound one with those of its
   * blocks. The last may be a jump that leaves or repeats the block around the statement: the compiler emits it
   * before it reads on. Null for a statement without instructions.
   */
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
  tokenOfLine: ArrayLike<number>,
): LinkedFunction[] | null {
  const declarations = findFunctions(syntax);
  if (declarations.length + 1 !== chunk.protos.length || !sameCode(chunk, twin)) return null;
  return chunk.protos.map((proto, index) => {
    const declaration = index === 0 ? null : (declarations[index - 1] ?? null);
    const lines = twin.protos[index]?.lines ?? new Int32Array();
    return linkFunction(
      syntax,
      declaration,
      proto,
      index,
      lines.map((line) => tokenOfLine[line] ?? -1),
    );
  });
}

/** Whether a twin has the same instructions as its original; its lines differ. */
export function sameCode(a: Chunk, b: Chunk): boolean {
  if (a.protos.length !== b.protos.length) return false;
  return a.protos.every(({ code }, index) => {
    const other = b.protos[index]?.code;
    return other?.length === code.length && code.every((instruction, pc) => instruction === other[pc]);
  });
}

function linkFunction(
  { body: mainBody, tokens }: Syntax,
  declaration: NamedFunction | null,
  proto: Proto,
  index: number,
  tokenOfPc: Int32Array,
): LinkedFunction {
  const body = declaration?.node.body ?? mainBody;
  // The final RETURN, which every function has, belongs to no statement.
  const pcs = createPcsOfTokens(tokenOfPc.subarray(0, -1));
  const extents = new Map<Statement, Extent | null>();
  const extent = (statement: Statement) => {
    const known = extents.get(statement);
    if (known !== undefined) return known;
    const last = firstTokenAt(tokens, statement.end) - 1;
    const found = pcs.extent(firstTokenAt(tokens, statement.start), last);
    extents.set(statement, found);
    return found;
  };
  return {
    index,
    proto,
    declaration,
    body,
    conditions: matchTests(body, testsOf(proto, tokenOfPc), tokens),
    extent,
    ownExtent: (statement) => withoutJumps(extent(statement), proto),
    loops: (statement) => pcs.of(loopToken(statement, tokens)).filter((pc) => proto.kind(pc) === "loop"),
  };
}

function testsOf(proto: Proto, tokenOfPc: Int32Array): Test[] {
  const tests: Test[] = [];
  for (let pc = 0; pc < tokenOfPc.length; pc++) {
    if (proto.kind(pc) === "test") tests.push({ pc, token: tokenOfPc[pc] ?? -1 });
  }
  return tests;
}

function withoutJumps(extent: Extent | null, proto: Proto): Extent | null {
  if (extent === null || isBlockJump(proto, extent.first)) return null;
  let { last } = extent;
  while (isBlockJump(proto, last)) last--;
  return last === extent.last ? extent : { first: extent.first, last };
}

/** The token that a `for` gives its loop instructions the line of (lparser.c): `for`, or the one behind `in`. */
function loopToken(statement: Statement, tokens: Tokens): number {
  const [iterator] = statement.type === "ForGenericStatement" ? statement.iterators : [];
  let token = firstTokenAt(tokens, (iterator ?? statement).start);
  while (iterator !== undefined && tokens.symbol(token - 1) === "(") token--;
  return token;
}
