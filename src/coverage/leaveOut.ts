import type { Span } from "../source/tree.js";
import type { Ignore, Ignores } from "./ignore.js";
import type { BranchSite, Sites } from "./sites.js";

/** The sites of a file without those that its comments ignore, and the ignores whose code did run. */
export function leaveOut(sites: Sites, ignores: Ignores): { sites: Sites; ran: readonly Ignore[] } {
  const spans = [...ignores.ignores.map(({ span }) => span), ...ignores.disabled];
  if (spans.length === 0) return { sites, ran: [] };
  const isLeftOut = beginsWithin(spans);
  const isKept = ({ span }: { span: Span }) => !isLeftOut(span.start);
  const arms = armsByClause(ignores.ignores);
  const hitsOf = hitsByPlace(sites);
  return {
    sites: {
      statements: sites.statements.filter(isKept),
      functions: sites.functions.filter(isKept),
      branches: sites.branches.filter(isKept).flatMap((branch) => withoutArms(branch, arms)),
    },
    ran: ignores.ignores.filter((ignore) => hitsOf(ignore) > 0),
  };
}

/** Whether an offset lies in one of some spans; there may be as many of both. */
function beginsWithin(spans: readonly Span[]): (offset: number) => boolean {
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return (offset) => {
    let low = 0;
    let high = apart.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((apart[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return offset < (apart[low - 1]?.end ?? 0);
  };
}

/** The arms that comments ignore, by where their clause begins. */
type Arms = ReadonlyMap<number, ReadonlySet<number>>;

function armsByClause(ignores: readonly Ignore[]): Arms {
  const arms = new Map<number, Set<number>>();
  for (const { arm } of ignores) {
    if (arm !== null) arms.set(arm.clause, (arms.get(arm.clause) ?? new Set()).add(arm.index));
  }
  return arms;
}

/** The arm that is left stands for the whole branch: its own place may be that of another branch. */
function withoutArms(branch: BranchSite, arms: Arms): BranchSite[] {
  const ignored = branch.type === "if" ? arms.get(branch.span.start) : undefined;
  if (ignored === undefined) return [branch];
  const kept = branch.arms.filter((_, index) => !ignored.has(index));
  return kept.length === 0 ? [] : [{ ...branch, arms: kept.map((arm) => ({ ...arm, span: branch.span })) }];
}

/** How often the code ran that an ignore leaves out. */
function hitsByPlace(sites: Sites): (ignore: Ignore) => number {
  const branches = byStart(sites.branches.filter(({ type }) => type === "if"));
  const functions = byStart(sites.functions);
  const callsWithin = callsBySpan(sites.functions);
  const statements = byStart(sites.statements);
  return ({ what, span, defines, arm }) => {
    if (arm !== null) return branches.get(arm.clause)?.arms[arm.index]?.count ?? 0;
    if (defines && what === "next") return callsWithin(span);
    if (what === "function") return functions.get(span.start)?.calls ?? 0;
    return statements.get(span.start)?.hits ?? 0;
  };
}

/** How often the functions were called that begin in a span; there may be as many of both. */
function callsBySpan(functions: Sites["functions"]): (span: Span) => number {
  const sorted = functions.toSorted((a, b) => a.span.start - b.span.start);
  const sums = [0];
  for (const { calls } of sorted) sums.push((sums.at(-1) ?? 0) + calls);
  const before = (offset: number) => sums[firstFrom(sorted, offset)] ?? 0;
  return ({ start, end }) => before(end) - before(start);
}

/** The index of the first function that begins at or behind an offset. */
function firstFrom(sorted: Sites["functions"], offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first site that begins at each offset. */
function byStart<Site extends { readonly span: Span }>(sites: readonly Site[]): ReadonlyMap<number, Site> {
  return new Map(sites.toReversed().map((site) => [site.span.start, site]));
}
