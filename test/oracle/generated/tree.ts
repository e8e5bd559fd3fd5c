import fc from "fast-check";

/** A generated statement. What it needs from its surroundings (names, loops, labels) the rendering adds. */
export type Stat =
  | { readonly kind: "call"; readonly value: Call }
  | { readonly kind: "locals"; readonly rows: number }
  | { readonly kind: "local"; readonly names: number; readonly values: readonly Expr[] }
  | { readonly kind: "assign"; readonly targets: readonly number[]; readonly values: readonly Expr[] }
  | {
      readonly kind: "if";
      readonly clauses: readonly (readonly [Expr, Block])[];
      readonly otherwise: Block | null;
    }
  | { readonly kind: "while"; readonly condition: Expr; readonly body: Block; readonly late: boolean }
  | { readonly kind: "repeat"; readonly condition: Expr; readonly body: Block; readonly ownLocal: boolean }
  | { readonly kind: "numeric"; readonly range: readonly number[]; readonly body: Block }
  | { readonly kind: "generic"; readonly over: number; readonly body: Block; readonly inner: Block }
  | { readonly kind: "jump"; readonly to: "break" | "continue" | "out" }
  | { readonly kind: "again"; readonly times: number; readonly body: Block }
  | { readonly kind: "do"; readonly body: Block }
  | { readonly kind: "function"; readonly isLocal: boolean; readonly isVararg: boolean; readonly body: Block }
  | { readonly kind: "return"; readonly values: readonly Expr[] }
  | { readonly kind: "inside"; readonly caller: number; readonly body: Block };

export type Call =
  | { readonly kind: "builtin"; readonly name: string; readonly values: readonly Expr[] }
  | { readonly kind: "invoke"; readonly pick: number; readonly values: readonly Expr[] }
  | { readonly kind: "method"; readonly values: readonly Expr[]; readonly gap: number };

export type Expr =
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "variable"; readonly pick: number }
  | { readonly kind: "vararg" }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expr }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expr;
      readonly right: Expr;
      readonly gap: number;
    }
  | { readonly kind: "parentheses"; readonly inner: Expr }
  | { readonly kind: "function"; readonly isVararg: boolean; readonly body: Block }
  | { readonly kind: "table"; readonly values: readonly Expr[] }
  | { readonly kind: "field" }
  | Call;

/** Statements, each with what separates it from the next one. */
export type Block = readonly { readonly stat: Stat; readonly gap: number }[];

const constants = [
  ...[
    "nil",
    "false",
    "true",
    "0",
    "7",
    '""',
    "[[long\nstring]]",
    "-1",
    "2 + 3",
    "~5",
    "1/0",
    "0/0",
    "1 - 1.0",
  ],
  ...["- -2", "2^3", "1 // 0.0", "'\\xff'", "1e3", "{}"],
];
const builtins = [
  "flip",
  "flip",
  "flip",
  "num",
  "fail",
  "pause",
  "object",
  "tick",
  "tostring",
  "select(2, 1, flip",
];

const pick = fc.nat(20);
const gap = fc.nat(11);
const flip: Expr = { kind: "builtin", name: "flip", values: [] };
const comparable = fc.constantFrom<Expr>(
  { kind: "builtin", name: "num", values: [] },
  { kind: "builtin", name: "num", values: [] },
  { kind: "builtin", name: "object", values: [] },
  { kind: "constant", text: "2" },
);

// No interface: fast-check wants a type with an implicit index signature.
type Trees = { block: Block; stat: Stat; expr: Expr; call: Call; simple: Expr };

type Tie = fc.LetrecTypedTie<Trees>;
type Weighted<T> = fc.WeightedArbitrary<T>;

const shallow = { depthSize: "small", depthIdentifier: "tree", withCrossShrink: true } as const;
const kind = <K extends string>(name: K) => fc.constant(name);
const sized = { depthIdentifier: "tree" } as const;

const trees = fc.letrec<Trees>((tie) => ({
  block: fc.array(fc.record({ stat: tie("stat"), gap }), { maxLength: 5, ...sized }),
  stat: oneOf([...plainStats(tie), ...compoundStats(tie), ...loops(tie)]),
  expr: oneOf([{ weight: 4, arbitrary: tie("simple") }, ...operations(tie), ...values(tie)]),
  call: fc.oneof(...calls(tie)),
  simple: fc.oneof(...simpleValues()),
}));

/** One of several trees, the first one where the tree is deep enough. */
function oneOf<T>(choices: readonly Weighted<T>[]): fc.Arbitrary<T> {
  return fc.oneof<Weighted<T>[]>(shallow, ...choices);
}

function simpleValues(): Weighted<Expr>[] {
  return [
    { weight: 4, arbitrary: fc.constant(flip) },
    { weight: 2, arbitrary: fc.record({ kind: kind("constant"), text: fc.constantFrom(...constants) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("variable"), pick }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("vararg") }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("field") }) },
  ];
}

function calls(tie: Tie): Weighted<Call>[] {
  const name = fc.constantFrom(...builtins);
  return [
    { weight: 3, arbitrary: fc.record({ kind: kind("builtin"), name, values: list(tie) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("invoke"), pick, values: list(tie) }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("method"), values: list(tie), gap }) },
  ];
}

function operations(tie: Tie): Weighted<Expr>[] {
  const [expr, binary, unary] = [tie("expr"), kind("binary"), kind("unary")];
  const other = fc.oneof({ weight: 5, arbitrary: comparable }, { weight: 1, arbitrary: tie("simple") });
  const connective = fc.constantFrom("and", "or");
  const comparison = fc.constantFrom("==", "~=", "<", "<=", ">", ">=");
  const arithmetic = fc.constantFrom("+", "..");
  const negation = fc.constantFrom("not", "not", "not not");
  return [
    { weight: 4, arbitrary: fc.record({ kind: binary, operator: connective, left: expr, right: expr, gap }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: binary, operator: comparison, left: comparable, right: other, gap }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: binary, operator: arithmetic, left: comparable, right: expr, gap }),
    },
    { weight: 2, arbitrary: fc.record({ kind: unary, operator: negation, operand: expr }) },
  ];
}

function values(tie: Tie): Weighted<Expr>[] {
  const isVararg = fc.boolean();
  return [
    { weight: 1, arbitrary: tie("call") },
    { weight: 1, arbitrary: fc.record({ kind: kind("parentheses"), inner: tie("expr") }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("table"), values: list(tie) }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("function"), isVararg, body: tie("block") }) },
  ];
}

function plainStats(tie: Tie): Weighted<Stat>[] {
  const count = fc.integer({ min: 1, max: 3 });
  const targets = fc.array(pick, { minLength: 1, maxLength: 3 });
  const to = fc.constantFrom("break", "continue", "out");
  return [
    { weight: 3, arbitrary: fc.record({ kind: kind("call"), value: tie("call") }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("locals"), rows: count }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("local"), names: count, values: list(tie) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("assign"), targets, values: list(tie) }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("jump"), to }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("return"), values: list(tie) }) },
  ];
}

function compoundStats(tie: Tie): Weighted<Stat>[] {
  const [body, flag] = [tie("block"), fc.boolean()];
  const clauses = fc.array(fc.tuple(tie("expr"), body), { minLength: 1, maxLength: 3, ...sized });
  return [
    { weight: 6, arbitrary: fc.record({ kind: kind("if"), clauses, otherwise: fc.option<Block>(body) }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("do"), body }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("function"), isLocal: flag, isVararg: flag, body }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("inside"), caller: pick, body }) },
  ];
}

function loops(tie: Tie): Weighted<Stat>[] {
  const [body, condition, flag] = [tie("block"), tie("expr"), fc.boolean()];
  const range = fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 2, maxLength: 3 });
  return [
    { weight: 2, arbitrary: fc.record({ kind: kind("while"), condition, body, late: flag }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("repeat"), condition, body, ownLocal: flag }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("numeric"), range, body }) },
    { weight: 2, arbitrary: fc.record({ kind: kind("generic"), over: pick, body, inner: body }) },
    { weight: 1, arbitrary: fc.record({ kind: kind("again"), times: fc.nat(3), body }) },
  ];
}

function list(tie: Tie): fc.Arbitrary<Expr[]> {
  return fc.array(tie("expr"), { maxLength: 3, ...sized });
}

/** A whole program: the bodies of functions that run one after the other, and whether its lines end in CRLF. */
export const programs = fc.record({
  bodies: fc.array(trees.block, { minLength: 1, maxLength: 4 }),
  carriageReturns: fc.boolean(),
});
