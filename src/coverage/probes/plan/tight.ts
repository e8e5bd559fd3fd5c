import { forEachChild, type Syntax } from "../../../source/syntax.js";
import { firstTokenAt } from "../../../source/tokens.js";
import type { FunctionDeclaration, Node, Span, Statement } from "../../../source/tree.js";
import type { SitesOfFunction } from "../../sites/sitesOf.js";

/** Functions without room for probes of their statements, with what is short; null is the main function. */
export type Tight = ReadonlyMap<FunctionDeclaration | null, string>;

/** LuaJIT jumps over fewer instructions than any other Lua. */
const maxJump = 32_000;
/** What a token takes at most, and a probe. */
const instructionsOfStatement = 8;
/** Where LuaJIT and Lua 5.1 run out of constants; what a function needs for its probes beside its counters' numbers. */
const maxConstants = [65_536, 262_143] as const;
const constantsOfProbes = 8;
/** Of 200 levels a probe takes three; how deep a file is loaded counts, too, in Lua 5.4. */
const safeLevels = 60;

/** The functions that are as long as a Lua reads them, or nearly so. */
export function longFunctions(syntax: Syntax, sites: readonly SitesOfFunction[]): Tight {
  const tight = new Map<FunctionDeclaration | null, string>();
  for (const { fn, structure } of sites) {
    const span = fn?.node ?? { start: 0, end: Number.POSITIVE_INFINITY };
    if (!isLong(syntax, span)) continue;
    const reason =
      (hasLongJump(syntax, structure.statements) && "its jumps would be too long") ||
      (isShortOfConstants(syntax, span, structure.statements.length) && "it has too many constants");
    if (reason !== false) tight.set(fn?.node ?? null, reason);
  }
  return tight;
}

/** The functions that are deep in others, or that have something deep in them. */
export function deepFunctions({ body, tokens }: Syntax): Tight {
  const deep = new Map<FunctionDeclaration | null, string>();
  const visit = (node: Node, fn: FunctionDeclaration | null, level: number): void => {
    let here = level + 1;
    if ("inParens" in node) {
      for (let token = firstTokenAt(tokens, node.start) - 1; tokens.symbol(token) === "("; token--) here++;
    }
    if (here > safeLevels) deep.set(fn, "it is too deep");
    const inner = node.type === "FunctionDeclaration" ? node : fn;
    forEachChild(node, (child) => visit(child, inner, here));
  };
  for (const statement of body) visit(statement, null, 0);
  return deep;
}

function isLong({ tokens }: Syntax, { start, end }: Span): boolean {
  return firstTokenAt(tokens, end) - firstTokenAt(tokens, start) > maxJump / instructionsOfStatement;
}

/** Whether a loop or clause may be longer than a jump, once it has its probes. */
function hasLongJump(syntax: Syntax, statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    const isJump =
      statement.type === "IfStatement" || "condition" in statement || statement.type.startsWith("For");
    return isJump && isLong(syntax, statement) && sizeOf(syntax, statement) > maxJump;
  });
}

/** The instructions of a statement at most, with those of probes, functions in it aside. */
function sizeOf({ tokens }: Syntax, statement: Statement): number {
  let size = firstTokenAt(tokens, statement.end) - firstTokenAt(tokens, statement.start);
  const visit = (node: Node): void => {
    if (node.type === "FunctionDeclaration") {
      size -= firstTokenAt(tokens, node.end) - firstTokenAt(tokens, node.start) - 1;
      return;
    }
    if (node.type.endsWith("Statement") || node.type === "LogicalExpression") size += instructionsOfStatement;
    forEachChild(node, visit);
  };
  visit(statement);
  return size;
}

function isShortOfConstants({ tokens, text }: Syntax, { start, end }: Span, statements: number): boolean {
  const [first, last] = [firstTokenAt(tokens, start), firstTokenAt(tokens, end)];
  const added = 3 * statements + constantsOfProbes;
  if (last - first + added <= maxConstants[0]) return false;
  const constants = new Set<string>();
  for (let token = first; token < last; token++) {
    const symbol = tokens.symbol(token);
    const isConstant = symbol === "<name>" || symbol === "<string>" || symbol === "<number>";
    if (isConstant) constants.add(text({ start: tokens.start(token), end: tokens.end(token) }));
  }
  return maxConstants.some((most) => constants.size <= most + 1 && constants.size + added > most);
}
