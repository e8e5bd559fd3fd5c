import type { Syntax } from "../../source/syntax.js";
import type { BranchSite, Sites, StatementSite } from "../sites.js";
import type { BranchPlace } from "./branches.js";
import { sitesOf } from "./sitesOf.js";

/** What could run in a text that nobody ran, whichever Lua it is for. */
export function unrunSites(syntax: Syntax): Sites {
  const all = sitesOf(syntax);
  return {
    statements: all.flatMap(({ statements }) => statements.map((span): StatementSite => ({ span, hits: 0 }))),
    functions: all.flatMap(({ fn }) =>
      fn === null ? [] : [{ name: fn.name, declaration: fn.declaration, span: fn.node, calls: 0 }],
    ),
    branches: all.flatMap(({ branches }) => branches.map(unrunBranch)),
  };
}

function unrunBranch(branch: BranchPlace): BranchSite {
  const { type, span, arms } = branch;
  const tested = branch.type === "binary-expr" ? branch.tested : 0;
  return {
    type,
    span,
    arms: arms.map((arm) => ({ span: arm, count: 0 })),
    truthy: new Array<number>(tested).fill(0),
  };
}
