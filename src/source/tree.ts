/**
 * The syntax tree of a Lua text. It is nowhere deeper than a Lua's own parser recurses, which is 200 levels: what
 * Lua reads in a loop, as `a + b + c`, `a or b or c` and `f(1).x[2]`, is one node here. So whoever walks the tree may
 * do so by recursion.
 */

/** Where something begins and ends, in bytes. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** An expression in parentheses, whose span is without them, says so: they cut it to one value. */
interface ExpressionSpan extends Span {
  readonly inParens?: true;
}

export interface Identifier extends ExpressionSpan {
  readonly type: "Identifier";
  /** A character for each byte. */
  readonly name: string;
  /** The local that it stands for; null for a global, a field or a label. */
  readonly variable: LocalVariable | null;
}

/** A local variable, from its declaration on. */
export interface LocalVariable {
  readonly name: string;
}

export interface NilLiteral extends ExpressionSpan {
  readonly type: "NilLiteral";
}

export interface BooleanLiteral extends ExpressionSpan {
  readonly type: "BooleanLiteral";
  readonly value: boolean;
}

export interface NumericLiteral extends ExpressionSpan {
  readonly type: "NumericLiteral";
}

export interface StringLiteral extends ExpressionSpan {
  readonly type: "StringLiteral";
  /** A character for each byte. */
  readonly value: string;
}

export interface VarargLiteral extends ExpressionSpan {
  readonly type: "VarargLiteral";
}

/** A function, as a statement where it has a name. */
export interface FunctionDeclaration extends ExpressionSpan {
  readonly type: "FunctionDeclaration";
  /** An `Identifier`, or one with fields and perhaps a method behind it; null for an expression. */
  readonly identifier: FunctionName | null;
  readonly isLocal: boolean;
  readonly parameters: readonly Identifier[];
  readonly isVararg: boolean;
  /** The name of the varargs, from Lua 5.5 on. */
  readonly varargs: Identifier | null;
  readonly body: readonly Statement[];
  readonly needs: FunctionNeeds;
}

/** What a function needs of a Lua and of the functions around it. */
export interface FunctionNeeds {
  /** The locals of other functions that it uses, or that functions in it use. */
  readonly upvalues: number;
  /** Whether it, or a function in it, uses a global: from Lua 5.2 on that takes an upvalue. */
  readonly usesGlobals: boolean;
  /** The most locals that are active at the same time, those that a `for` keeps for itself included. */
  readonly locals: number;
}

/** `a`, `a.b.c`, `a.b:c`. */
export interface FunctionName extends Span {
  readonly names: readonly Identifier[];
  readonly isMethod: boolean;
}

export interface TableConstructor extends ExpressionSpan {
  readonly type: "TableConstructor";
  readonly fields: readonly TableField[];
}

export type TableField = TableKey | TableKeyString | TableValue;

export interface TableKey extends Span {
  readonly type: "TableKey";
  readonly key: Expression;
  readonly value: Expression;
}

export interface TableKeyString extends Span {
  readonly type: "TableKeyString";
  readonly key: Identifier;
  readonly value: Expression;
}

export interface TableValue extends Span {
  readonly type: "TableValue";
  readonly value: Expression;
}

export interface UnaryExpression extends ExpressionSpan {
  readonly type: "UnaryExpression";
  readonly operator: string;
  readonly argument: Expression;
}

/** Operators of one precedence with their operands, from left to right: one operator fewer than operands. */
export interface BinaryExpression extends ExpressionSpan {
  readonly type: "BinaryExpression";
  readonly operators: readonly string[];
  readonly operands: readonly Expression[];
}

/** A chain of `and`, or one of `or`. */
export interface LogicalExpression extends ExpressionSpan {
  readonly type: "LogicalExpression";
  readonly operator: "and" | "or";
  readonly operands: readonly Expression[];
}

/** What stands behind a name or parentheses: fields, indices and calls. */
export interface SuffixedExpression extends ExpressionSpan {
  readonly type: "SuffixedExpression";
  readonly base: Expression;
  readonly suffixes: readonly Suffix[];
}

export type Suffix = MemberSuffix | IndexSuffix | CallSuffix;

export interface MemberSuffix extends Span {
  readonly type: "MemberSuffix";
  readonly identifier: Identifier;
}

export interface IndexSuffix extends Span {
  readonly type: "IndexSuffix";
  readonly index: Expression;
}

/** `(…)`, `"…"` or `{…}`, and `:method` before it. */
export interface CallSuffix extends Span {
  readonly type: "CallSuffix";
  readonly method: Identifier | null;
  readonly arguments: readonly Expression[];
}

export type Expression =
  | Identifier
  | NilLiteral
  | BooleanLiteral
  | NumericLiteral
  | StringLiteral
  | VarargLiteral
  | FunctionDeclaration
  | TableConstructor
  | UnaryExpression
  | BinaryExpression
  | LogicalExpression
  | SuffixedExpression;

export interface LocalStatement extends Span {
  readonly type: "LocalStatement";
  readonly variables: readonly Identifier[];
  /** `const`, `close`, or null, of each variable. */
  readonly attributes: readonly (string | null)[];
  readonly init: readonly Expression[];
}

/** A declaration of globals in Lua 5.5; `global *` has no variables. */
export interface GlobalStatement extends Span {
  readonly type: "GlobalStatement";
  readonly variables: readonly Identifier[];
  readonly attributes: readonly (string | null)[];
  readonly init: readonly Expression[];
}

export interface AssignmentStatement extends Span {
  readonly type: "AssignmentStatement";
  readonly variables: readonly Expression[];
  readonly init: readonly Expression[];
}

export interface CallStatement extends Span {
  readonly type: "CallStatement";
  readonly expression: SuffixedExpression;
}

export interface IfStatement extends Span {
  readonly type: "IfStatement";
  readonly clauses: readonly Clause[];
}

export type Clause = IfClause | ElseClause;

/** From `if` or `elseif` to the end of its block. */
export interface IfClause extends Span {
  readonly type: "IfClause";
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export interface ElseClause extends Span {
  readonly type: "ElseClause";
  readonly body: readonly Statement[];
}

export interface WhileStatement extends Span {
  readonly type: "WhileStatement";
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export interface RepeatStatement extends Span {
  readonly type: "RepeatStatement";
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

export interface ForNumericStatement extends Span {
  readonly type: "ForNumericStatement";
  readonly variable: Identifier;
  readonly from: Expression;
  readonly limit: Expression;
  readonly step: Expression | null;
  readonly body: readonly Statement[];
}

export interface ForGenericStatement extends Span {
  readonly type: "ForGenericStatement";
  readonly variables: readonly Identifier[];
  readonly iterators: readonly Expression[];
  readonly body: readonly Statement[];
}

export interface DoStatement extends Span {
  readonly type: "DoStatement";
  readonly body: readonly Statement[];
}

export interface ReturnStatement extends Span {
  readonly type: "ReturnStatement";
  readonly arguments: readonly Expression[];
}

export interface BreakStatement extends Span {
  readonly type: "BreakStatement";
}

export interface GotoStatement extends Span {
  readonly type: "GotoStatement";
  readonly label: Identifier;
}

export interface LabelStatement extends Span {
  readonly type: "LabelStatement";
  readonly label: Identifier;
}

export type LoopStatement = WhileStatement | RepeatStatement | ForNumericStatement | ForGenericStatement;

export type Statement =
  | LocalStatement
  | GlobalStatement
  | AssignmentStatement
  | CallStatement
  | IfStatement
  | LoopStatement
  | DoStatement
  | ReturnStatement
  | BreakStatement
  | GotoStatement
  | LabelStatement
  | FunctionDeclaration;

export type Node = Expression | Statement | Clause | TableField | Suffix;

/** A node, or what belongs to one, as long as it is being read: nobody else has seen it. */
export type Open<T> = { -readonly [Key in keyof T]: T[Key] };
