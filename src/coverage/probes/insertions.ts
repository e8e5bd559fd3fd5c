import type { FunctionDeclaration } from "../../source/tree.js";

/** What a probe does: count a passage, count an operand by its truth, or count that an operand begins. */
export type ProbeCode =
  | { readonly kind: "count"; readonly counter: number }
  /** Around an operand; false counts under the next number. */
  | { readonly kind: "test"; readonly counter: number }
  | { readonly kind: "tested" }
  /** Before an operand whose truth nobody asks for; a `)` ends it. */
  | { readonly kind: "begin"; readonly counter: number }
  | { readonly kind: "text"; readonly text: string };

/** Something put into a text, in a function of it (null for the main one). */
export interface Insertion {
  readonly at: number;
  readonly fn: FunctionDeclaration | null;
  readonly code: ProbeCode;
}

/** How probes get at their counters. */
export interface ProbeNames {
  readonly counters: string;
  readonly test: string;
  /** What the names of counters begin with that are locals, before their numbers. */
  readonly local: string;
  readonly isLocal: (counter: number) => boolean;
}

/** The words of a probe. Without names it calls a method of a literal, which every function can. */
export function codeOf(code: ProbeCode, names: ProbeNames | null, digest: string): string {
  if (code.kind === "text") return code.text;
  // A call that gives nothing back must not look like a missing argument.
  if (code.kind === "tested") return names === null ? "))" : ")";
  return names === null ? byMethod(code, digest) : byNames(code, names);
}

type Counting = Extract<ProbeCode, { readonly counter: number }>;

function byNames({ kind, counter }: Counting, { counters, test, local, isLocal }: ProbeNames): string {
  if (kind === "count" && isLocal(counter)) return ` ${local}${counter}=${local}${counter}+1 `;
  if (kind === "count") return ` ${counters}[${counter}]=${counters}[${counter}]+1 `;
  return kind === "test" ? ` ${test}(${counter},` : `(${test}(${counter},true)and `;
}

function byMethod({ kind, counter }: Counting, digest: string): string {
  const method = `("${digest}"):luacov_ts(${counter}`;
  if (kind === "count") return ` if ${method})then end `;
  return kind === "test" ? `${method},(` : `(${method},true)and `;
}

/** A text with insertions, which come in its order, in the words that `wordsOf` has for each. */
export function applied<Inserted extends { readonly at: number }>(
  text: string,
  insertions: readonly Inserted[],
  wordsOf: (insertion: Inserted) => string,
): string {
  const pieces: string[] = [];
  let from = 0;
  for (const insertion of insertions) {
    // Many stand at one place.
    if (insertion.at > from) pieces.push(text.slice(from, insertion.at));
    pieces.push(wordsOf(insertion));
    from = insertion.at;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}
