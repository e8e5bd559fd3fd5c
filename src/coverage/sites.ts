import { declarationSpan } from "../source/functions.js";
import { structureOf } from "../source/structure.js";
import type { Tokens } from "../source/tokens.js";
import type { Span, Statement } from "../source/tree.js";
import type { ChunkHits, InstructionHits } from "../types.js";
import { type BranchSite, findBranches } from "./branches.js";
import { createFlow } from "./bytecode/flow.js";
import type { LinkedFunction } from "./bytecode/link.js";
import { createReach } from "./bytecode/reach.js";
import { createTally } from "./bytecode/tally.js";

/** A statement of Istanbul's map, and how often it began. */
export interface StatementSite {
  readonly span: Span;
  readonly hits: number;
}

/** A function of Istanbul's map. */
export interface FunctionSite {
  readonly name: string;
  readonly declaration: Span;
  readonly span: Span;
  readonly calls: number;
}

/** What could run, with what ran. */
export interface Sites {
  readonly statements: readonly StatementSite[];
  readonly functions: readonly FunctionSite[];
  readonly branches: readonly BranchSite[];
}

/** The sites of several functions together. */
export function joinSites(sites: readonly Sites[]): Sites {
  return {
    statements: sites.flatMap((each) => each.statements),
    functions: sites.flatMap((each) => each.functions),
    branches: sites.flatMap((each) => each.branches),
  };
}

const noInstructions: InstructionHits = { counts: [], fell: [], jumped: [] };

/** The sites of one linked function with its counts; without hits everything counts zero. */
export function functionSites(fn: LinkedFunction, tokens: Tokens, hits: ChunkHits | undefined): Sites {
  const structure = structureOf(fn.body);
  const calls = hits?.calls[fn.index] ?? 0;
  const flow = createFlow(fn.proto, hits?.instructions[fn.index] ?? noInstructions);
  const tally = createTally(fn, structure, flow, calls);
  const canBegin = createReach(fn, structure);
  const statements: StatementSite[] = [];
  for (const statement of structure.places.keys()) {
    const begins = isCounted(statement) && canBegin(statement) ? tally.begins(statement) : null;
    if (begins !== null) statements.push({ span: statement, hits: begins });
  }
  return {
    statements,
    functions: functionSite(fn, calls),
    branches: findBranches(tally, tokens),
  };
}

/** Labels and `do` do nothing themselves. */
function isCounted(statement: Statement): boolean {
  return statement.type !== "LabelStatement" && statement.type !== "DoStatement";
}

function functionSite({ declaration, index }: LinkedFunction, calls: number): FunctionSite[] {
  if (declaration === null) return [];
  const name = declaration.name ?? `(anonymous_${index})`;
  return [{ name, declaration: declarationSpan(declaration), span: declaration.node, calls }];
}
