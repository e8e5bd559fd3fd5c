import type { Range } from "istanbul-lib-coverage";
import type { Expression, Node, Statement } from "luaparse";
import type { FileCoverageData } from "../../src/types.js";
import { type Clause, type LoopNode, type Span, spanOf } from "./ast.js";
import { coincidingClauses, keptChain } from "./coincide.js";
import { constantTruth, isLiteralTruth, type Outcomes, outcomesOf } from "./constants.js";
import { type BranchProbe, type Counts, leavesOf, type Probed, type Sum } from "./probes.js";
import { liveStatements } from "./reach.js";

/** How much was compared, and every difference without an explanation, as text. */
export interface Comparison {
  readonly statements: number;
  readonly functions: number;
  readonly branches: number;
  readonly differences: readonly string[];
}

/** What a probe says of one entry of the map; `may` says that the entry can be missing, `never` that it is. */
interface Expected {
  readonly counts: string;
  readonly missing: "no" | "may" | "never";
}

/** Compares a file's coverage with what its probes counted. */
export function compare(
  coverage: FileCoverageData,
  text: string,
  probed: Probed,
  counts: Counts,
): Comparison {
  const key = keysOf(text);
  const kinds = {
    statement: [ourStatements(coverage), probedStatements(probed, counts, key)],
    function: [ourFunctions(coverage), probedFunctions(probed, counts, key)],
    branch: [ourBranches(coverage), probedBranches(probed, counts, key)],
  } as const;
  const differences = Object.entries(kinds).flatMap(([kind, [ours, theirs]]) =>
    differ(ours, theirs).map((each) => `${coverage.path} ${kind} ${each}`),
  );
  const [statements, functions, branches] = Object.values(kinds).map(([ours]) => ours.size);
  return { statements: statements ?? 0, functions: functions ?? 0, branches: branches ?? 0, differences };
}

function differ(ours: ReadonlyMap<string, string>, theirs: ReadonlyMap<string, Expected>): string[] {
  const keys = [...new Set([...ours.keys(), ...theirs.keys()])];
  return keys.flatMap((key) => {
    const [our, their] = [ours.get(key), theirs.get(key)];
    if (our === undefined && their !== undefined && their.missing !== "no") return [];
    const isSame = our === their?.counts && their?.missing !== "never";
    return isSame ? [] : [`${key}: ${our ?? "missing"}, probes say ${their?.counts ?? "nothing"}`];
  });
}

function ourStatements({ statementMap, s }: FileCoverageData): Map<string, string> {
  return new Map(Object.entries(statementMap).map(([id, range]) => [keyOf(range), `${s[id]}`]));
}

function ourFunctions({ fnMap, f }: FileCoverageData): Map<string, string> {
  return new Map(Object.entries(fnMap).map(([id, { loc }]) => [keyOf(loc), `${f[id]}`]));
}

function ourBranches({ branchMap, b, bT }: FileCoverageData): Map<string, string> {
  const entries = Object.entries(branchMap).map(([id, { type, loc }]): [string, string] => [
    `${type} ${keyOf(loc)}`,
    `${b[id]} true ${bT?.[id] ?? ""}`,
  ]);
  return new Map(entries);
}

type Keys = (span: Span) => string;

function probedStatements({ statements, functions, body }: Probed, counts: Counts, key: Keys) {
  const bodies = [body, ...functions.map(({ node }) => node.body)];
  const live = new Set(bodies.flatMap((each) => [...liveStatements(each, whileTrue)]));
  const surelyLive = new Set(bodies.flatMap((each) => [...liveStatements(each, outcomesOf)]));
  const missing = (each: Statement) => (!live.has(each) ? "never" : surelyLive.has(each) ? "no" : "may");
  return new Map(
    statements.map(({ statement, probe }): [string, Expected] => {
      const count = counts(probe);
      // Dead code that ran would be an error of the oracle.
      const isMissing = count > 0 ? "no" : missing(statement);
      return [key(spanOf(statement)), { counts: `${count}`, missing: isMissing }];
    }),
  );
}

function probedFunctions({ functions }: Probed, counts: Counts, key: Keys) {
  return new Map(
    functions.map(({ node, probe }): [string, Expected] => [
      key(spanOf(node)),
      { counts: `${counts(probe)}`, missing: "no" },
    ]),
  );
}

function probedBranches(probed: Probed, counts: Counts, key: Keys) {
  const { branches } = probed;
  const coinciding = coincidingNodes(probed);
  const total = ({ plus, minus }: Sum) => add(plus, counts) - add(minus, counts);
  const missing = ({ condition }: BranchProbe) => {
    if (condition === null) return "no";
    const hasConstant = leavesOf(condition).some((each) => constantTruth(each) !== null);
    return coinciding.has(condition) || hasConstant ? "may" : "no";
  };
  return new Map(
    branches.map((branch): [string, Expected] => {
      const text = `${branch.arms.map(total)} true ${branch.truthy.map(total)}`;
      return [`${branch.type} ${key(branch.span)}`, { counts: text, missing: missing(branch) }];
    }),
  );
}

/** The conditions and and/or chains whose ways on share an instruction. */
function coincidingNodes({ statements, functions, body }: Probed): ReadonlySet<Node | null> {
  const bodies = [body, ...functions.map(({ node }) => node.body)];
  const clauses = bodies.flatMap((each) => [...coincidingClauses(each)]);
  const conditions = clauses.flatMap((each) => ("condition" in each ? [each.condition] : []));
  return new Set<Node | null>([...conditions, ...statements.map(({ statement }) => keptChain(statement))]);
}

/** The least that a compiler sees: `while true`. */
function whileTrue(condition: Expression, { type }: Clause | LoopNode): Outcomes {
  return { truthy: true, falsy: type !== "WhileStatement" || !isLiteralTruth(condition) };
}

function add(probes: readonly number[], counts: Counts): number {
  return probes.reduce((sum, probe) => sum + counts(probe), 0);
}

function keyOf({ start, end }: Range): string {
  return `${start.line}:${start.column}-${end.line}:${end.column}`;
}

/** Turns bytes into lines, from 1, and columns, in what JavaScript counts of them as UTF-8. */
function keysOf(text: string): Keys {
  const starts = [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map(({ 0: end, index }) => index + end.length)];
  const at = (offset: number) => {
    const line = starts.findLastIndex((start) => start <= offset);
    const before = Buffer.from(text.slice(starts[line], offset), "latin1");
    return `${line + 1}:${before.toString("utf8").length}`;
  };
  return ({ start, end }) => `${at(start)}-${at(end)}`;
}
