import type { ChunkHits, InstructionHits } from "../../../types.js";
import type { SitesOfFunction } from "../../sites/sitesOf.js";
import type { FunctionSite, Sites, StatementSite } from "../../sites.js";
import { createFlow } from "../flow.js";
import type { LinkedFunction } from "../link.js";
import { createTally } from "../tally.js";
import { countBranch } from "./countBranches.js";

const noInstructions: InstructionHits = { counts: [], fell: [], jumped: [] };

/**
 * The sites of one function with their counts; without hits everything counts zero. What its instructions cannot tell
 * exactly is left out.
 */
export function countSites(fn: LinkedFunction, places: SitesOfFunction, hits: ChunkHits | undefined): Sites {
  const calls = hits?.calls[fn.index] ?? 0;
  const flow = createFlow(fn.proto, hits?.instructions[fn.index] ?? noInstructions);
  const tally = createTally(fn, places.structure, flow, calls);
  const statements: StatementSite[] = [];
  for (const statement of places.statements) {
    const begins = tally.begins(statement);
    if (begins !== null) statements.push({ span: statement, hits: begins });
  }
  return {
    statements,
    functions: functionSite(places, calls),
    branches: places.branches.flatMap((place) => countBranch(tally, place) ?? []),
  };
}

function functionSite({ fn }: SitesOfFunction, calls: number): FunctionSite[] {
  return fn === null ? [] : [{ name: fn.name, declaration: fn.declaration, span: fn.node, calls }];
}
