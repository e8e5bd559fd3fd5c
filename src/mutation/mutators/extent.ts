import type { Syntax } from "../../source/syntax.js";
import { firstTokenAt, tokenBehind } from "../../source/tokens.js";
import type { Expression, Span } from "../../source/tree.js";

/** The operator behind an operand, whose own closing parentheses stand before it. */
export function operatorBehind({ tokens }: Syntax, operand: Expression): Span {
  return tokenAt(tokens, tokenBehind(tokens, operand));
}

/** From the beginning of a token to the end of it. */
export function tokenAt(tokens: Syntax["tokens"], index: number): Span {
  return { start: tokens.start(index), end: tokens.end(index) };
}

/** An expression of a list with its parentheses, of which `separator` is the token that follows these. */
export function withParens({ tokens }: Syntax, expression: Expression, side: "closing" | "opening"): Span {
  const first = firstTokenAt(tokens, expression.start);
  const behind = firstTokenAt(tokens, expression.end);
  let parens = 0;
  // Only on one side of it are all parentheses its own: on the other may be those of a call.
  if (side === "closing") while (tokens.symbol(behind + parens) === ")") parens++;
  else while (tokens.symbol(first - 1 - parens) === "(") parens++;
  return { start: tokens.start(first - parens), end: tokens.end(behind + parens - 1) };
}
