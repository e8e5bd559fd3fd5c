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
  /** Every statement in the order of the source. */
  readonly statements: readonly Statement[];
  /** In the order of the source. */
  readonly labels: readonly LabelStatement[];
  breaks(loop: LoopStatement): readonly BreakStatement[];
  gotos(label: LabelStatement): readonly GotoStatement[];
  /** Undefined for a statement of another function. */
  place(statement: Statement): Place | undefined;
}

/** The block of a statement, and its index there. */
export interface Place {
  readonly block: Block;
  readonly index: number;
}

interface Scope {
  readonly labels: ReadonlyMap<string, LabelStatement>;
  readonly outer: Scope | null;
  readonly loop: LoopStatement | null;
}

const noLabels: ReadonlyMap<string, LabelStatement> = new Map();

export function structureOf(body: readonly Statement[]): Structure {
  const all: Statement[] = [];
  const blocks: Block[] = [];
  let places: ReadonlyMap<Statement, Place> | null = null;
  const labels: LabelStatement[] = [];
  // Most functions have neither of these.
  let breaks: Map<LoopStatement, BreakStatement[]> | null = null;
  let gotos: Map<LabelStatement, GotoStatement[]> | null = null;

  const enter = (block: Block, outer: Scope | null): void => {
    const { statements, owner } = block;
    blocks.push(block);
    const loop = owner?.kind === "loop" ? owner.statement : (outer?.loop ?? null);
    const scope: Scope = { labels: labelsOf(statements), outer, loop };
    for (const statement of statements) {
      all.push(statement);
      note(statement, scope);
      for (const inner of blocksOf(statement)) enter(inner, scope);
    }
  };
  const note = (statement: Statement, scope: Scope): void => {
    if (statement.type === "LabelStatement") labels.push(statement);
    if (statement.type === "BreakStatement" && scope.loop !== null)
      breaks = appended(breaks, scope.loop, statement);
    if (statement.type !== "GotoStatement") return;
    const label = findLabel(statement.label.name, scope);
    if (label !== null) gotos = appended(gotos, label, statement);
  };

  enter({ statements: body, owner: null }, null);
  return {
    statements: all,
    labels,
    breaks: (loop) => breaks?.get(loop) ?? [],
    gotos: (label) => gotos?.get(label) ?? [],
    place: (statement) => {
      // Few functions have anything of which this is asked.
      places ??= placesIn(blocks);
      return places.get(statement);
    },
  };
}

function placesIn(blocks: readonly Block[]): ReadonlyMap<Statement, Place> {
  const places = new Map<Statement, Place>();
  for (const block of blocks) {
    for (const [index, statement] of block.statements.entries()) places.set(statement, { block, index });
  }
  return places;
}

const noBlocks: readonly Block[] = [];

/** The blocks directly inside a statement; a function's own block is not one of them. */
export function blocksOf(statement: Statement): readonly Block[] {
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
      return noBlocks;
  }
}

/** The labels of a block, of which the first of a name counts. */
function labelsOf(statements: readonly Statement[]): ReadonlyMap<string, LabelStatement> {
  if (!statements.some((each) => each.type === "LabelStatement")) return noLabels;
  const labels = statements.filter((each) => each.type === "LabelStatement");
  return new Map(labels.toReversed().map((each) => [each.label.name, each]));
}

function findLabel(name: string, scope: Scope): LabelStatement | null {
  for (let each: Scope | null = scope; each !== null; each = each.outer) {
    const found = each.labels.get(name);
    if (found !== undefined) return found;
  }
  return null;
}

function appended<Key, Value>(known: Map<Key, Value[]> | null, key: Key, value: Value): Map<Key, Value[]> {
  const map = known ?? new Map<Key, Value[]>();
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
  return map;
}
