import { findFunctions } from "../source/functions.js";
import { createPositions } from "../source/positions.js";
import { parseNewest, type Syntax } from "../source/syntax.js";
import { firstTokenAt } from "../source/tokens.js";
import type { FunctionDeclaration } from "../source/tree.js";

/**
 * Where the innermost function around a line of a text is defined, as Lua counts: 0 for the main chunk. A line on which a longer function
 * begins is its own. Null where that is not to be known: of a text that no Lua reads, and of a line with whole functions on it,
 * whose code is that of several.
 */
export function definitionAround(source: Uint8Array, line: number): number | null {
  const parsed = parseNewest(source);
  if (!parsed.ok) return null;
  const { syntax } = parsed;
  const positions = createPositions(source);
  const lineOf = (offset: number) => positions.at(offset).line;
  const around = findFunctions(syntax).filter(
    ({ node }) => lineOf(node.start) <= line && line <= lineOf(node.end - 1),
  );
  if (around.some(({ node }) => lineOf(node.start) === lineOf(node.end - 1))) return null;
  const innermost = around.at(-1);
  return innermost === undefined ? 0 : lineOf(definedAt(innermost.node, syntax));
}

/** Lua takes the line of the keyword for a global function or a field, else that of the parameters' parenthesis. */
function definedAt({ start, identifier, isLocal }: FunctionDeclaration, { tokens }: Syntax): number {
  if (identifier !== null && !isLocal) return start;
  return tokens.start(firstTokenAt(tokens, identifier?.end ?? start + "function".length));
}
