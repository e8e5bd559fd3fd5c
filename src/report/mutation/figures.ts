import type { MutationScore } from "../../mutation/score.js";
import type { MutantStatus, Watermarks } from "../../types.js";

/** In the order in which pages show them, with their words. */
export const statusWords: readonly (readonly [status: MutantStatus, word: string])[] = [
  ["Survived", "survived"],
  ["NoCoverage", "no coverage"],
  ["Timeout", "timed out"],
  ["Killed", "killed"],
  ["RuntimeError", "no answer"],
  ["CompileError", "no Lua"],
  ["Ignored", "ignored"],
];

/** A score as pages show it, with a bar below. */
export function scoreItem(
  title: string,
  score: number | null,
  whole: string,
  watermarks: Watermarks,
): string {
  const text = score === null ? "–" : `${score.toFixed(2)}%`;
  return `<li class=${levelOf(score, watermarks)}><span>${title}</span> <b>${text}</b> <small>${whole}</small>${scoreBar(score)}`;
}

export function scoreBar(score: number | null): string {
  return `<svg class=bar viewBox="0 0 100 8" preserveAspectRatio=none aria-hidden=true><rect width=${score ?? 0} height=8 /></svg>`;
}

/** By the watermarks; `none` where there is no mutant. */
export function levelOf(score: number | null, { statements: [low, high] }: Watermarks): string {
  if (score === null) return "none";
  if (score >= high) return "high";
  return score < low ? "low" : "medium";
}

/** The two scores of some mutants. */
export function scoreList(score: MutationScore, watermarks: Watermarks): string {
  const { detected, valid, covered } = score;
  return `<ul class=figures>${scoreItem("Mutation score", score.score, `${detected}/${valid}`, watermarks)}${scoreItem("Of covered", score.coveredScore, `${detected}/${covered}`, watermarks)}</ul>`;
}
