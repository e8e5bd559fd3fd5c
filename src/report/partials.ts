import type { BranchMapping, Range } from "istanbul-lib-coverage";
import { createPositions, type Positions } from "../source/positions.js";
import { childrenOf, parseNewest } from "../source/syntax.js";
import type { Expression, Node } from "../source/tree.js";
import type { FileCoverageData } from "../types.js";

/** What never happened at one place, in words: `"x == nil" was never true`. */
export interface Partial {
  readonly line: number;
  readonly text: string;
}

/**
 * The branches of a file that went some ways but not all. Where the file no longer is what was measured, the
 * text of a condition is left out.
 */
export function findPartials(file: FileCoverageData, source: Uint8Array): Partial[] {
  const positions = createPositions(source);
  const conditions = conditionsByPlace(source, positions);
  return Object.entries(file.branchMap).flatMap(([key, branch]) => {
    const counts = file.b[key] ?? [];
    const line = branch.loc.start.line;
    if (branch.type === "binary-expr")
      return operandPartials(branch, counts, file.bT?.[key] ?? [], positions);
    const texts = wayPartials(branch, counts, conditions.get(placeOf(branch.loc)));
    return texts.map((text) => ({ line, text }));
  });
}

function wayPartials(
  branch: BranchMapping,
  counts: readonly number[],
  condition: Condition | undefined,
): string[] {
  const [first, second] = counts;
  // Of a branch that was never reached, or whose other arm a comment ignores, nothing is partial.
  if (first === undefined || second === undefined || first + second === 0) return [];
  const quoted = condition === undefined ? "the condition" : `"${condition.text}"`;
  if (branch.type === "if" || condition?.kind === "while") return never(first, second, `${quoted} was never`);
  if (condition?.kind === "repeat") return never(second, first, `${quoted} was never`);
  if (first === 0) return ["the body of the loop was never entered"];
  return second === 0 ? ["the loop never ran to its end"] : [];
}

function never(truthy: number, falsy: number, subject: string): string[] {
  if (truthy === 0) return [`${subject} true`];
  return falsy === 0 ? [`${subject} false`] : [];
}

/** An operand that nothing tested has no count of its truth. */
function operandPartials(
  branch: BranchMapping,
  counts: readonly number[],
  truths: readonly number[],
  positions: Positions,
): Partial[] {
  if ((counts[0] ?? 0) === 0) return [];
  return branch.locations.flatMap((range, index) => {
    const evaluated = counts[index] ?? 0;
    const truthy = truths[index];
    const quoted = `"${shortened(textOf(range, positions))}"`;
    const line = range.start.line;
    if (evaluated === 0) return [{ line, text: `${quoted} was never evaluated` }];
    if (truthy === undefined) return [];
    return never(truthy, evaluated - truthy, `${quoted} was never`).map((text) => ({ line, text }));
  });
}

interface Condition {
  readonly kind: "if" | "while" | "repeat";
  readonly text: string;
}

/** The conditions of clauses and loops by where their branch begins, as the coverage map has it. */
function conditionsByPlace(source: Uint8Array, positions: Positions): ReadonlyMap<string, Condition> {
  const parsed = parseNewest(source);
  const found = new Map<string, Condition>();
  const add = (node: Node, kind: Condition["kind"], condition: Expression) => {
    const place = placeOf(positions.range(node));
    found.set(place, { kind, text: shortened(positions.text(condition)) });
  };
  const visit = (node: Node): void => {
    if (node.type === "IfClause") add(node, "if", node.condition);
    else if (node.type === "WhileStatement") add(node, "while", node.condition);
    else if (node.type === "RepeatStatement") add(node, "repeat", node.condition);
    for (const child of childrenOf(node)) visit(child);
  };
  if (parsed.ok) for (const statement of parsed.syntax.body) visit(statement);
  return found;
}

const placeOf = ({ start }: Range) => `${start.line}:${start.column}`;

function textOf({ start, end }: Range, positions: Positions): string {
  return positions.text({ start: positions.offset(start), end: positions.offset(end) });
}

const LONGEST = 60;

/** On one line, and not longer than fits beside the rest. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
