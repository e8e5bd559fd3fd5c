import type { Span } from "../source/syntax.js";
import type { BranchSite } from "./branches.js";
import type { Ignore, Ignores } from "./ignore.js";
import type { Sites } from "./sites.js";

/** The sites of a file without those that its comments ignore, and the ignores whose code did run. */
export function leaveOut(sites: Sites, ignores: Ignores): { sites: Sites; ran: readonly Ignore[] } {
  const spans = [...ignores.ignores.map(({ span }) => span), ...ignores.disabled];
  const isKept = ({ span }: { span: Span }) =>
    !spans.some((each) => each.start <= span.start && span.start < each.end);
  return {
    sites: {
      statements: sites.statements.filter(isKept),
      functions: sites.functions.filter(isKept),
      branches: sites.branches.filter(isKept).flatMap((branch) => withoutArms(branch, ignores.ignores)),
    },
    ran: ignores.ignores.filter((ignore) => hitsOf(ignore, sites) > 0),
  };
}

/** The arm that is left stands for the whole branch: its own place may be that of another branch. */
function withoutArms(branch: BranchSite, ignores: readonly Ignore[]): BranchSite[] {
  if (branch.type !== "if") return [branch];
  const ignored = ignores.flatMap(({ arm }) => (arm?.clause === branch.span.start ? [arm.index] : []));
  const kept = branch.arms.filter((_, index) => !ignored.some((each) => each === index));
  if (kept.length === branch.arms.length) return [branch];
  return kept.length === 0 ? [] : [{ ...branch, arms: kept.map((arm) => ({ ...arm, span: branch.span })) }];
}

/** How often the code ran that an ignore leaves out. */
function hitsOf({ what, span, arm }: Ignore, sites: Sites): number {
  if (arm !== null) {
    const branch = sites.branches.find((each) => each.type === "if" && each.span.start === arm.clause);
    return branch?.arms[arm.index]?.count ?? 0;
  }
  if (what === "function") return sites.functions.find((each) => each.span.start === span.start)?.calls ?? 0;
  return sites.statements.find((each) => each.span.start === span.start)?.hits ?? 0;
}
