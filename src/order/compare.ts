/** Compares what tests did by themselves with what they did in order, and finds out which tests make the difference. */

import type { DependentTest, OrderedTest, OrderReport } from "../types.js";
import { type Attempt, type NotRun, observe, type Runs } from "./observe.js";
import { afterAnswer, beginSearch, nextOf, type Search } from "./search.js";
import { isSame, loadsMore, type Observation, onlyIn } from "./sets.js";

/** A test with others before it, and what it did behind them. */
export interface Candidate extends Attempt {
  readonly inOrder: Observation;
}

export type Compared = Pick<OrderReport, "alone" | "dependent" | "inseparable" | "loading">;

/** One that did something else by itself, and whether it did so twice. */
interface Suspect extends Candidate {
  readonly alone: Observation;
  readonly isSteady: boolean;
}

/** `tell` hears how many tests are to be run by themselves, and how many of them are looked into. */
export async function compare(
  candidates: readonly Candidate[],
  runs: Runs,
  tell: (phase: "alone" | "search", count: number) => void,
): Promise<Compared> {
  tell("alone", candidates.length);
  const alone = await observe(candidates.map(byItself), runs);
  const differing = candidates.flatMap((candidate, index) => {
    const own = alone[index] ?? null;
    return own === null || isNotRun(own) || isSame(candidate.inOrder, own)
      ? []
      : [{ ...candidate, alone: own }];
  });
  if (differing.length > 0) tell("search", differing.length);
  const suspects = await twiceMore(differing, runs);
  const searches = await searched(suspects, runs);
  return {
    alone: alone.filter((own) => own !== null && !isNotRun(own)).length,
    dependent: suspects.map((suspect, index) => dependentOf(suspect, searches[index] ?? null)),
    loading: candidates.flatMap(({ test, inOrder }, index) => {
      const own = alone[index] ?? null;
      return own !== null && !isNotRun(own) && loadsMore(own, inOrder) ? [test] : [];
    }),
    inseparable: candidates.flatMap(({ test }, index) => {
      const own = alone[index] ?? null;
      return own !== null && isNotRun(own) ? [{ test, reason: own.reason }] : [];
    }),
  };
}

const byItself = ({ job, test }: Attempt): Attempt => ({ job, test, before: [] });

function isNotRun(each: Observation | NotRun): each is NotRun {
  return "reason" in each;
}

/** Each with two more runs of it: what depends on chance, or on where things are in memory, may be the same twice. */
async function twiceMore(
  differing: readonly Omit<Suspect, "isSteady">[],
  runs: Runs,
): Promise<readonly Suspect[]> {
  const [second, third] = [
    await observe(differing.map(byItself), runs),
    await observe(differing.map(byItself), runs),
  ];
  return differing.flatMap((each, index): Suspect[] => {
    const more = [second[index] ?? null, third[index] ?? null];
    // Of what was interrupted nothing is known.
    if (more.includes(null)) return [];
    const isLike = (own: Observation | NotRun | null) =>
      own !== null && !isNotRun(own) && isSame(each.alone, own);
    return [{ ...each, isSteady: more.every(isLike) }];
  });
}

function dependentOf(
  { test, before, inOrder, alone, isSteady }: Suspect,
  search: Search | null,
): DependentTest {
  return {
    test,
    inOrder: inOrder.verdict,
    alone: alone.verdict,
    onlyInOrder: onlyIn(inOrder, alone),
    onlyAlone: onlyIn(alone, inOrder),
    isSteady: isSteady && search?.state !== "contradicted",
    after: foundBy(search, before),
  };
}

/** What came of the search for those that each depends on; null where it is not steady by itself. */
async function searched(suspects: readonly Suspect[], runs: Runs): Promise<readonly (Search | null)[]> {
  let searches = suspects.map(({ isSteady, before }) => (isSteady ? beginSearch(before.length) : null));
  for (;;) {
    const asked = searches.map((search) => (search === null ? null : nextOf(search)));
    if (asked.every((each) => each === null)) break;
    const answers = await likeInOrder(
      suspects.map((suspect, index) => withBefore(suspect, asked[index] ?? null)),
      runs,
    );
    searches = searches.map((search, index) => {
      const answer = answers[index] ?? null;
      return search === null || answer === null ? search : afterAnswer(search, answer);
    });
    if (answers.every((answer) => answer === null)) break;
  }
  return searches;
}

function withBefore(suspect: Suspect, places: readonly number[] | null): Suspect | null {
  if (places === null) return null;
  return { ...suspect, before: places.flatMap((place) => suspect.before[place] ?? []) };
}

function foundBy(search: Search | null, before: readonly OrderedTest[]): readonly OrderedTest[] | null {
  if (search === null || search.state !== "found") return null;
  return search.needed.toSorted((a, b) => a - b).flatMap((place) => before[place] ?? []);
}

/** Whether each does what it did in order; null for those that are not asked for, and where the run was interrupted. */
async function likeInOrder(
  asked: readonly (Suspect | null)[],
  runs: Runs,
): Promise<readonly (boolean | null)[]> {
  const wanted = asked.filter((each) => each !== null);
  const seen = await observe(wanted, runs);
  const answers = new Map(wanted.map((each, index) => [each, seen[index] ?? null]));
  return asked.map((each) => {
    const observation = each === null ? null : (answers.get(each) ?? null);
    if (each === null || observation === null) return null;
    return !isNotRun(observation) && isSame(each.inOrder, observation);
  });
}
