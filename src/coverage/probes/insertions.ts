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
}

/** The words of a probe. Without names it calls a method of a literal, which every function can. */
export function codeOf(code: ProbeCode, names: ProbeNames | null, digest: string): string {
  if (code.kind === "text") return code.text;
  // A call that gives nothing back must not look like a missing argument.
  if (code.kind === "tested") return names === null ? "))" : ")";
  const { counter } = code;
  const method = `("${digest}"):luacov_ts(${counter}`;
  switch (code.kind) {
    case "count":
      if (names === null) return ` if ${method})then end `;
      return ` ${names.counters}[${counter}]=${names.counters}[${counter}]+1 `;
    case "test":
      return names === null ? `${method},(` : ` ${names.test}(${counter},`;
    case "begin":
      return names === null ? `(${method},true)and ` : `(${names.test}(${counter},true)and `;
  }
}

/** A text with insertions, which come in its order. */
export function applied(
  text: string,
  insertions: readonly { readonly at: number; readonly text: string }[],
): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { at, text: code } of insertions) {
    pieces.push(text.slice(from, at), code);
    from = at;
  }
  return pieces.join("") + text.slice(from);
}
