import { findNumbers } from "../../../source/numbers.js";
import { forEachChild, parse, type Syntax } from "../../../source/syntax.js";
import { firstTokenAt } from "../../../source/tokens.js";
import type { FunctionDeclaration, Node, Statement } from "../../../source/tree.js";
import type { BranchPlace } from "../../sites/branches.js";
import { type SitesOfFunction, sitesOf } from "../../sites/sitesOf.js";
import { applied, codeOf } from "../insertions.js";
import { planBlock } from "./blocks.js";
import { countEntry } from "./entries.js";
import { type Figure, Figures } from "./figures.js";
import type { Planning } from "./planning.js";
import { createIsQuiet } from "./quiet.js";
import { deepFunctions, longFunctions, type Tight } from "./tight.js";
import { planExpression, planSuffixes } from "./values.js";

/** The probes of a text, and what their counters tell of its sites. */
export type ProbePlan = Pick<
  Planning,
  "figures" | "insertions" | "statements" | "functions" | "branches" | "unknown" | "tight" | "crowded"
> & { readonly sites: readonly SitesOfFunction[] };

/** In a text with fewer levels there is room for probes everywhere. */
const safeLevels = 150;

/** Decides where a text gets probes, by its syntax alone. */
export function planProbes(syntax: Syntax): ProbePlan {
  const sites = sitesOf(syntax);
  const plan = planRoomy(syntax, sites, longFunctions(syntax, sites));
  if (syntax.levels <= safeLevels / 3 || fits(syntax, plan)) return plan;
  return planRoomy(syntax, sites, new Map([...plan.tight, ...deepFunctions(syntax)]));
}

/** Without probes where there are too few registers. */
function planRoomy(syntax: Syntax, sites: readonly SitesOfFunction[], tight: Tight): ProbePlan {
  const plan = planWith(syntax, sites, tight);
  if (plan.crowded.size === 0) return plan;
  const crowded = [...plan.crowded].map((fn) => [fn, "its calls have too many arguments"] as const);
  return planWith(syntax, sites, new Map([...tight, ...crowded]));
}

/** Whether a probed text is no deeper than the plain one, or not deep at all. */
function fits(syntax: Syntax, { insertions, figures }: ProbePlan): boolean {
  const text = syntax.text({ start: 0, end: Number.POSITIVE_INFINITY });
  const names = { counters: "_", test: "_", local: "_", isLocal: () => false };
  const probed = applied(text, insertions, ({ code }) => codeOf(code, names, ""));
  const parsed = parse(Buffer.from(probed, "latin1"), syntax.version);
  return figures.counters === 0 || (parsed.ok && parsed.syntax.levels <= Math.max(syntax.levels, safeLevels));
}

function planWith(syntax: Syntax, sites: readonly SitesOfFunction[], tight: Tight): ProbePlan {
  const byFunction = new Map(sites.map((each) => [each.fn?.node ?? null, each]));
  const [main] = sites;
  if (main === undefined) throw new Error("a text without a main function");
  const structures = sites.map(({ structure }) => structure);
  const numbers = findNumbers(syntax, structures);
  const planning: Planning = {
    tokens: syntax.tokens,
    isQuiet: createIsQuiet(numbers),
    figures: new Figures(),
    insertions: [],
    statements: new Map(),
    functions: new Map(),
    branches: new Map(),
    unknown: new Set(),
    tight,
    crowded: new Set(),
    registers: 0,
    places: placesOf(sites),
    dead: main.dead,
    fn: null,
    needs: main.needs,
    structure: main.structure,
    closing: closingsOf(main),
    planBlock: (statements, entry) => planBlock(planning, statements, entry),
    planFunction: (fn) => planFunction(planning, fn, byFunction.get(fn)),
    planExpression: (expression, reached) => planExpression(planning, expression, reached),
    planSuffixes: (suffixes, reached) => planSuffixes(planning, suffixes, reached),
  };
  planBody(planning, main, null);
  planning.insertions.sort((a, b) => a.at - b.at);
  return { ...planning, sites };
}

function planFunction(planning: Planning, fn: FunctionDeclaration, sites: SitesOfFunction | undefined): void {
  if (sites === undefined) throw new Error("a function without sites");
  const { fn: outer, needs, dead, structure, closing, registers } = planning;
  planning.fn = fn;
  planning.needs = sites.needs;
  planning.dead = sites.dead;
  planning.registers = 0;
  planning.structure = sites.structure;
  planning.closing = closingsOf(sites);
  const calls = planning.tight.has(fn) ? null : countEntry(planning, fn.body, 0, bodyStart(planning, fn));
  if (calls !== null) planning.functions.set(fn, calls);
  planBody(planning, sites, calls);
  planning.fn = outer;
  planning.needs = needs;
  planning.dead = dead;
  planning.registers = registers;
  planning.structure = structure;
  planning.closing = closing;
}

/** A function without room is gone through for the functions in it. */
function planBody(
  planning: Planning,
  { fn, body, statements, branches }: SitesOfFunction,
  calls: Figure | null,
) {
  if (!planning.tight.has(fn?.node ?? null)) {
    planning.planBlock(body, calls);
    return;
  }
  for (const each of [...statements, ...branches.map(({ node }) => node)]) planning.unknown.add(each);
  const visit = (node: Node): void => {
    if (node.type === "FunctionDeclaration") planning.planFunction(node);
    else forEachChild(node, visit);
  };
  body.forEach(visit);
}

/** Before `end`, whose line has an instruction, where the body is empty. */
function bodyStart({ tokens }: Planning, { body, end }: FunctionDeclaration): number {
  return body[0]?.start ?? tokens.start(firstTokenAt(tokens, end) - 1);
}

function closingsOf({ structure }: SitesOfFunction): readonly Statement[] {
  const closings: Statement[] = [];
  for (const each of structure.statements) {
    if (each.type === "LocalStatement" && each.attributes.includes("close")) closings.push(each);
  }
  return closings;
}

function placesOf(sites: readonly SitesOfFunction[]): ReadonlyMap<Node, BranchPlace> {
  const places = new Map<Node, BranchPlace>();
  for (const { branches } of sites) for (const each of branches) places.set(each.node, each);
  return places;
}
