import type {
  BreakStatement,
  Clause,
  GotoStatement,
  IfStatement,
  LabelStatement,
  LoopStatement,
  Statement,
} from "./tree.js";

/** What a block belongs to, which says how often it is entered; null is the function's own block. */
export type Owner =
  | {
      readonly kind: "clause";
      readonly statement: IfStatement;
      readonly clause: Clause;
      readonly index: number;
    }
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
  readonly labels: ReadonlyMap<string, LabelStatement>;
  readonly outer: Scope | null;
  readonly loop: LoopStatement | null;
}

const noLabels: ReadonlyMap<string, LabelStatement> = new Map();

export function structureOf(body: readonly Statement[]): Structure {
  const places = new Map<Statement, { block: Block; index: number }>();
  const labels: LabelStatement[] = [];
  const breaks = new Map<LoopStatement, BreakStatement[]>();
  const gotos = new Map<LabelStatement, GotoStatement[]>();

  const enter = (statements: readonly Statement[], owner: Owner, outer: Scope | null): void => {
    const loop = owner?.kind === "loop" ? owner.statement : (outer?.loop ?? null);
    const scope: Scope = { block: { statements, owner }, labels: labelsOf(statements), outer, loop };
    let index = 0;
    for (const statement of statements) {
      places.set(statement, { block: scope.block, index: index++ });
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
      return statement.clauses.map((clause, index) => ({
        statements: clause.body,
        owner: { kind: "clause", statement, clause, index },
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

/** The labels of a block, of which the first of a name counts. */
function labelsOf(statements: readonly Statement[]): ReadonlyMap<string, LabelStatement> {
  const labels = statements.filter((each) => each.type === "LabelStatement");
  if (labels.length === 0) return noLabels;
  return new Map(labels.toReversed().map((each) => [each.label.name, each]));
}

function findLabel(name: string, scope: Scope): LabelStatement | null {
  for (let each: Scope | null = scope; each !== null; each = each.outer) {
    const found = each.labels.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

function append<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
