import { findIgnores } from "../../coverage/ignore.js";
import { findDirectives } from "../../source/directives.js";
import type { Positions } from "../../source/positions.js";
import type { Syntax } from "../../source/syntax.js";
import { firstTokenAt } from "../../source/tokens.js";
import type { Span } from "../../source/tree.js";
import type { Mutant } from "../../types.js";
import { isMutatorName, mutatorNames } from "../mutatorNames.js";

/** What comments silence, and which of them mean nothing. */
export interface Silenced {
  /** Why a mutant is not tried; null where it is. */
  reasonFor(mutant: Mutant): string | null;
  readonly mistakes: readonly { readonly line: number; readonly message: string }[];
}

interface Silence {
  readonly line: number;
  /** None for all kinds. */
  readonly mutators: readonly string[];
  readonly reason: string;
  readonly comment: Span;
}

/** Reads comments like `-- luacov: ignore mutants EqualityOperator -- it is the same there`, and those that leave out coverage. */
export function silencedIn(syntax: Syntax, positions: Positions): Silenced {
  const silences = findDirectives(syntax).flatMap((directive): Silence[] => {
    if (directive.kind !== "ignore mutants") return [];
    const { comment, mutators, reason } = directive;
    return [{ line: lineOf(comment, syntax, positions), mutators, reason, comment }];
  });
  const isLeftOut = leftOutOf(syntax, positions);
  return {
    reasonFor: (mutant) => {
      const { line } = mutant.place.start;
      const own = silences.find((each) => each.line === line && isMeant(each, mutant));
      if (own !== undefined) return own.reason === "" ? "ignored by a comment" : own.reason;
      return isLeftOut(mutant.start) ? "left out of the coverage by a comment" : null;
    },
    mistakes: silences.flatMap(({ mutators, comment }) =>
      mutators
        .filter((name) => !isMutatorName(name))
        .map((name) => ({ line: positions.at(comment.start).line, message: unknownMutator(name) })),
    ),
  };
}

function isMeant({ mutators }: Silence, { mutator }: Mutant): boolean {
  return mutators.length === 0 || mutators.includes(mutator);
}

/** The line of the comment, or, where it stands alone on that, the next one that has anything. */
function lineOf(comment: Span, { tokens }: Syntax, { at, lineStart }: Positions): number {
  const own = firstTokenAt(tokens, lineStart(comment.start));
  if (own < tokens.length && tokens.start(own) < comment.start) return at(comment.start).line;
  const next = firstTokenAt(tokens, comment.end);
  return next < tokens.length ? at(tokens.start(next)).line : 0;
}

function leftOutOf(syntax: Syntax, positions: Positions): (offset: number) => boolean {
  const { file, ignores, disabled } = findIgnores(syntax, positions);
  const spans = [...ignores.map(({ span }) => span), ...disabled];
  return (offset) => file || spans.some(({ start, end }) => start <= offset && offset < end);
}

function unknownMutator(name: string): string {
  return `"luacov: ignore mutants ${name}" names no kind of mutants; there are ${mutatorNames.join(", ")}`;
}
