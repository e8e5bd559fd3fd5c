import type {
  BreakStatement,
  ElseClause,
  ElseifClause,
  ForGenericStatement,
  ForNumericStatement,
  GotoStatement,
  IfClause,
  IfStatement,
  LabelStatement,
  RepeatStatement,
  WhileStatement,
} from "luaparse";
import type { Statement } from "./syntax.js";

export type LoopStatement = WhileStatement | RepeatStatement | ForNumericStatement | ForGenericStatement;
export type Clause = IfClause | ElseifClause | ElseClause;

/** What a block belongs to, which says how often it is entered; null is the function's own block. */
export type Owner =
  | { readonly kind: "clause"; readonly statement: IfStatement; readonly clause: Clause }
  | { readonly kind: "loop"; readonly statement: LoopStatement }
  | { readonly kind: "do"; readonly statement: Statement }
  | null;

export interface Block {
  readonly statements: readonly Statement[];
  readonly owner: Owner;
}

/** How the statements of one function hang together, nested functions aside. */
export interface Structure {
  /** Every statement in the order of the source, with its block and its index there. */
  readonly places: ReadonlyMap<Statement, { readonly block: Block; readonly index: number }>;
  /** In the order of the source. */
  readonly labels: readonly LabelStatement[];
  breaks(loop: LoopStatement): readonly BreakStatement[];
  gotos(label: LabelStatement): readonly GotoStatement[];
}

interface Scope {
  readonly block: Block;
  readonly outer: Scope | null;
  readonly loop: LoopStatement | null;
}

export function structureOf(body: readonly Statement[]): Structure {
  const places = new Map<Statement, { block: Block; index: number }>();
  const labels: LabelStatement[] = [];
  const breaks = new Map<LoopStatement, BreakStatement[]>();
  const gotos = new Map<LabelStatement, GotoStatement[]>();

  const enter = (statements: readonly Statement[], owner: Owner, outer: Scope | null): void => {
    const loop = owner?.kind === "loop" ? owner.statement : (outer?.loop ?? null);
    const scope: Scope = { block: { statements, owner }, outer, loop };
    for (const [index, statement] of statements.entries()) {
      places.set(statement, { block: scope.block, index });
      note(statement, scope);
      for (const inner of blocksOf(statement)) enter(inner.statements, inner.owner, scope);
    }
  };
  const note = (statement: Statement, scope: Scope): void => {
    if (statement.type === "LabelStatement") labels.push(statement);
    if (statement.type === "BreakStatement" && scope.loop !== null) append(breaks, scope.loop, statement);
    if (statement.type !== "GotoStatement") return;
    const label = findLabel(statement.label.name, scope);
    if (label !== null) append(gotos, label, statement);
  };

  enter(body, null, null);
  return {
    places,
    labels,
    breaks: (loop) => breaks.get(loop) ?? [],
    gotos: (label) => gotos.get(label) ?? [],
  };
}

/** The blocks directly inside a statement; a function's own block is not one of them. */
function blocksOf(statement: Statement): Block[] {
  switch (statement.type) {
    case "IfStatement":
      return statement.clauses.map((clause) => ({
        statements: clause.body,
        owner: { kind: "clause", statement, clause },
      }));
    case "WhileStatement":
    case "RepeatStatement":
    case "ForNumericStatement":
    case "ForGenericStatement":
      return [{ statements: statement.body, owner: { kind: "loop", statement } }];
    case "DoStatement":
      return [{ statements: statement.body, owner: { kind: "do", statement } }];
    default:
      return [];
  }
}

function findLabel(name: string, scope: Scope | null): LabelStatement | null {
  if (scope === null) return null;
  const found = scope.block.statements.find(
    (each) => each.type === "LabelStatement" && each.label.name === name,
  );
  return found?.type === "LabelStatement" ? found : findLabel(name, scope.outer);
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
