import type { Block, Structure } from "../../source/structure.js";
import type { Statement } from "../../source/tree.js";
import { isAlwaysTrue } from "./decisions.js";
import type { LinkedFunction } from "./link.js";
import { reachable } from "./reachable.js";

/**
 * Whether any path of the bytecode leads to a statement; one without instructions of its own is reached as
 * the end of the statement before it, or its block, is.
 */
export function createReach(fn: LinkedFunction, structure: Structure): (statement: Statement) => boolean {
  const reached = reachable(fn.proto);
  const known = new Map<Statement, boolean>();
  const completing = new Map<Statement, boolean>();

  // In the order of the source, each asks only for what is known already, however long a block is.
  for (const statement of structure.places.keys()) canBegin(statement);

  function canBegin(statement: Statement): boolean {
    const result = known.get(statement) ?? mayBegin(statement);
    known.set(statement, result);
    return result;
  }

  function canComplete(statement: Statement): boolean {
    const result = completing.get(statement) ?? mayComplete(statement);
    completing.set(statement, result);
    return result;
  }

  function mayBegin(statement: Statement): boolean {
    const extent = fn.ownExtent(statement);
    if (extent !== null) return reached[extent.first] === true;
    const place = structure.places.get(statement);
    if (place === undefined) return true;
    const previous = place.block.statements[place.index - 1];
    return previous === undefined ? canEnter(place.block) : canComplete(previous);
  }

  function canEnter({ owner }: Block): boolean {
    return owner === null || canBegin(owner.statement);
  }

  function mayComplete(statement: Statement): boolean {
    switch (statement.type) {
      case "BreakStatement":
      case "GotoStatement":
      case "ReturnStatement":
        return false;
      case "LabelStatement":
        return structure.gotos(statement).length > 0 || canBegin(statement);
      case "DoStatement":
        return blockCanComplete(statement.body, statement);
      case "IfStatement":
        return (
          statement.clauses.some((clause) => blockCanComplete(clause.body, statement)) ||
          statement.clauses.every((clause) => clause.type !== "ElseClause")
        );
      case "WhileStatement":
        return (
          structure.breaks(statement).length > 0 ||
          (!isAlwaysTrue(fn, statement.condition) && canBegin(statement))
        );
      default:
        return canBegin(statement);
    }
  }

  function blockCanComplete(statements: readonly Statement[], owner: Statement): boolean {
    const last = statements.at(-1);
    return last === undefined ? canBegin(owner) : canComplete(last);
  }

  return canBegin;
}
