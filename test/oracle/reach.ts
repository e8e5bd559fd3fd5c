import type { Expression, Statement } from "luaparse";
import type { Clause, IfNode, LoopNode } from "./ast.js";
import { isLoop } from "./ast.js";
import type { Outcomes } from "./constants.js";

interface Scope {
  readonly block: readonly Statement[];
  readonly outer: Scope | null;
  readonly loop: LoopNode | null;
}

/** The statements of one function that some path leads to, by its jumps and the outcomes of conditions. */
export function liveStatements(
  body: readonly Statement[],
  outcomesOf: (condition: Expression, node: Clause | LoopNode) => Outcomes,
): ReadonlySet<Statement> {
  const live = new Set<Statement>();
  const targets = new Set<Statement>();

  function completesBlock(
    block: readonly Statement[],
    enters: boolean,
    outer: Scope | null,
    loop: LoopNode | null,
  ) {
    const scope = { block, outer, loop };
    let reaches = enters;
    for (const statement of block) {
      reaches ||= targets.has(statement) && statement.type === "LabelStatement";
      if (reaches) {
        live.add(statement);
        reaches = completes(statement, scope);
      }
    }
    return reaches;
  }

  function completes(statement: Statement, scope: Scope): boolean {
    switch (statement.type) {
      case "ReturnStatement":
        return false;
      case "BreakStatement":
        if (scope.loop !== null) targets.add(scope.loop);
        return false;
      case "GotoStatement":
        targets.add(labelOf(statement.label.name, scope));
        return false;
      case "DoStatement":
        return completesBlock(statement.body, true, scope, scope.loop);
      case "IfStatement":
        return completesIf(statement, scope);
      default:
        return isLoop(statement) ? completesLoop(statement, scope) : true;
    }
  }

  function completesIf({ clauses }: IfNode, scope: Scope): boolean {
    let reaches = true;
    let done = false;
    for (const clause of clauses) {
      const isElse = clause.type === "ElseClause";
      const outcomes = isElse ? { truthy: true, falsy: false } : outcomesOf(clause.condition, clause);
      const enters = reaches && outcomes.truthy;
      done = completesBlock(clause.body, enters, scope, scope.loop) || done;
      reaches &&= outcomes.falsy;
    }
    return done || reaches;
  }

  function completesLoop(loop: LoopNode, scope: Scope): boolean {
    const outcomes = "condition" in loop ? outcomesOf(loop.condition, loop) : { truthy: true, falsy: true };
    const isRepeat = loop.type === "RepeatStatement";
    const done = completesBlock(loop.body, isRepeat || outcomes.truthy, scope, loop);
    return targets.has(loop) || (isRepeat ? done && outcomes.truthy : outcomes.falsy);
  }

  for (let before = -1; before < live.size + targets.size; ) {
    before = live.size + targets.size;
    completesBlock(body, true, null, null);
  }
  return live;
}

function labelOf(name: string, scope: Scope | null): Statement {
  if (scope === null) throw new Error(`no label ${name}`);
  const found = scope.block.find((each) => each.type === "LabelStatement" && each.label.name === name);
  return found ?? labelOf(name, scope.outer);
}
