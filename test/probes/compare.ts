import type { Range } from "istanbul-lib-coverage";
import { decidedValue, hasIdleOperand, leavesOf } from "../../src/coverage/sites/leaves.js";
import { createPositions } from "../../src/source/positions.js";
import { childrenOf, parse } from "../../src/source/syntax.js";
import type { Node, Span } from "../../src/source/tree.js";
import type { FileCoverageData } from "../../src/types.js";

/**
 * What two maps of a file say otherwise, as text. Two kinds of branches are in one map only: operands that leave a local
 * variable as it is (`x = a and b or x`), of which the hook cannot tell, and conditions with constants that decide them, or
 * make an operand idle (`x or true`), of which it tells by the way, where Lua's compiler leaves a trace of them. So
 * do statements without instructions in code that such a condition switches off.
 */
export function differences(source: Uint8Array, hook: FileCoverageData, probes: FileCoverageData): string[] {
  const [ours, theirs] = [entriesOf(hook), entriesOf(probes)];
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  const decided = decidedPlaces(source);
  return [...keys].flatMap((key) => {
    const [a, b] = [ours.get(key), theirs.get(key)];
    const isUnknown = a === undefined && key.startsWith("binary-expr");
    const isDecided = b === undefined && decided.some((each) => key.startsWith(each));
    const isDead = a === "0" && b === undefined && key.startsWith("statement");
    const isLeftOut = isDead && /^(break|goto|local)\b/.test(textAt(source, key));
    return a === b || isUnknown || isDecided || isLeftOut ? [] : [`${key}: hook ${a ?? "nothing"}, probes ${b ?? "nothing"}`];
  });
}

function textAt(source: Uint8Array, key: string): string {
  const [line = 1, column = 0] = (/(\d+):(\d+)-/.exec(key) ?? []).slice(1).map(Number);
  return Buffer.from(source).subarray(createPositions(source).offset({ line, column })).toString("latin1");
}

/** Where clauses and loops begin whose conditions are constants, as keys of entries begin. */
function decidedPlaces(source: Uint8Array): string[] {
  const parsed = parse(source, "5.3");
  if (!parsed.ok) return [];
  const positions = createPositions(source);
  const found: string[] = [];
  const at = ({ start }: Span) => {
    const { line, column } = positions.at(start);
    return `${line}:${column}-`;
  };
  const visit = (node: Node): void => {
    if ("condition" in node) {
      const leaves = leavesOf(node.condition);
      if (decidedValue(leaves) !== null || hasIdleOperand(leaves, true)) {
        found.push(`${node.type === "IfClause" ? "if" : "loop"} ${at(node)}`, `binary-expr ${at(node.condition)}`);
      }
    }
    for (const child of childrenOf(node)) visit(child);
  };
  for (const statement of parsed.syntax.body) visit(statement);
  return found;
}

/** Every entry of a map with its count, by its kind and place. */
export function entriesOf({ statementMap, s, fnMap, f, branchMap, b, bT }: FileCoverageData) {
  return new Map([
    ...Object.entries(statementMap).map(([id, range]) => [`statement ${keyOf(range)}`, `${s[id]}`] as const),
    ...Object.entries(fnMap).map(
      ([id, { name, decl, loc }]) => [`function ${name} ${keyOf(decl)} ${keyOf(loc)}`, `${f[id]}`] as const,
    ),
    ...Object.entries(branchMap).map(
      ([id, { type, loc, locations }]) =>
        [`${type} ${keyOf(loc)} ${locations.map(keyOf)}`, `${b[id]} true ${bT?.[id]}`] as const,
    ),
  ]);
}

function keyOf({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}
