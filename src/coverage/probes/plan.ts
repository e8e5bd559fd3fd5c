import { resolveNames } from "../../source/names.js";
import { findNumbers } from "../../source/numbers.js";
import { structureOf } from "../../source/structure.js";
import type { Syntax } from "../../source/syntax.js";
import { firstTokenAt } from "../../source/tokens.js";
import type { FunctionDeclaration, Statement } from "../../source/tree.js";
import { type SitesOfFunction, sitesOf } from "../sites/sitesOf.js";
import { planBlock } from "./blocks.js";
import { Figures } from "./figures.js";
import { countAt, type Planning } from "./planning.js";
import { createIsQuiet } from "./quiet.js";
import { planExpression, planSuffixes } from "./values.js";

/** The probes of a text, and what their counters tell of its sites. */
export type ProbePlan = Pick<
  Planning,
  "names" | "figures" | "insertions" | "statements" | "functions" | "branches" | "unknown"
> & { readonly sites: readonly SitesOfFunction[] };

/** Decides where a text gets probes, by its syntax alone. */
export function planProbes(syntax: Syntax): ProbePlan {
  const sites = sitesOf(syntax);
  const byFunction = new Map(sites.map((each) => [each.fn?.node ?? null, each]));
  const [main] = sites;
  const names = resolveNames(syntax.body);
  const planning: Planning = {
    tokens: syntax.tokens,
    names,
    isQuiet: createIsQuiet(names, findNumbers(syntax, names)),
    figures: new Figures(),
    insertions: [],
    statements: new Map(),
    functions: new Map(),
    branches: new Map(),
    unknown: new Set(),
    places: new Map(sites.flatMap(({ branches }) => branches.map((each) => [each.node, each] as const))),
    isLive: (statement) => byFunction.get(planning.fn)?.live.has(statement) === true,
    fn: null,
    structure: main?.structure ?? structureOf(syntax.body),
    closing: [],
    planBlock: (statements, entry) => planBlock(planning, statements, entry),
    planFunction: (fn) => planFunction(planning, fn, byFunction.get(fn)),
    planExpression: (expression, reached) => planExpression(planning, expression, reached),
    planSuffixes: (suffixes, reached) => planSuffixes(planning, suffixes, reached),
  };
  planning.closing = closingsOf(main);
  planning.planBlock(syntax.body, null);
  return { ...planning, sites };
}

function planFunction(planning: Planning, fn: FunctionDeclaration, sites: SitesOfFunction | undefined): void {
  if (sites === undefined) throw new Error("a function without sites");
  const { fn: outer, structure, closing } = planning;
  planning.fn = fn;
  planning.structure = sites.structure;
  planning.closing = closingsOf(sites);
  const calls = countAt(planning, bodyStart(planning, fn));
  planning.functions.set(fn, calls);
  planning.planBlock(fn.body, calls);
  planning.fn = outer;
  planning.structure = structure;
  planning.closing = closing;
}

/** Before `end`, whose line has an instruction, where the body is empty. */
function bodyStart({ tokens }: Planning, { body, end }: FunctionDeclaration): number {
  return body[0]?.start ?? tokens.start(firstTokenAt(tokens, end) - 1);
}

function closingsOf(sites: SitesOfFunction | undefined): readonly Statement[] {
  const statements = [...(sites?.structure.places.keys() ?? [])];
  return statements.filter((each) => each.type === "LocalStatement" && each.attributes.includes("close"));
}
