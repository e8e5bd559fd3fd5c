import type { Syntax } from "./syntax.js";
import type { Span } from "./tree.js";

/** What an ignore comment asks to leave out. */
export type IgnoreKind = "next" | "if" | "else" | "function" | "file";

/** A comment that speaks to this tool. */
export type Directive =
  | { readonly kind: "disable" | "enable"; readonly comment: Span }
  | { readonly kind: "ignore"; readonly what: IgnoreKind; readonly comment: Span }
  /** Mutants on a line that need not be killed: of these kinds, none for all. */
  | {
      readonly kind: "ignore mutants";
      readonly mutators: readonly string[];
      readonly reason: string;
      readonly comment: Span;
    }
  | { readonly kind: "unknown"; readonly text: string; readonly comment: Span };

const ignoreKinds: readonly IgnoreKind[] = ["next", "if", "else", "function", "file"];

/**
 * The directives among the comments of a text: LuaCov's `luacov: disable` and `luacov: enable`, alone in a short comment,
 * and `luacov: ignore next|if|else|function|file`, with an optional reason behind another `--`. `luacov: ignore mutants` may name
 * kinds of them.
 */
export function findDirectives({ comments, text }: Syntax): Directive[] {
  return comments.flatMap((comment) => {
    const word = /^--\s*luacov:\s*(.*?)\s*$/.exec(text(comment))?.[1];
    return word === undefined ? [] : [directive(word, comment)];
  });
}

function directive(text: string, comment: Span): Directive {
  if (text === "disable" || text === "enable") return { kind: text, comment };
  const mutants = /^ignore\s+mutants\b(.*?)(?:--\s*(.*))?$/.exec(text);
  if (mutants !== null) {
    const [, names = "", reason = ""] = mutants;
    const mutators = names.split(/[\s,]+/).filter((name) => name !== "");
    return { kind: "ignore mutants", mutators, reason, comment };
  }
  const word = /^ignore\s+(\w+)\s*(--.*)?$/.exec(text)?.[1];
  const what = ignoreKinds.find((each) => each === word);
  return what === undefined ? { kind: "unknown", text, comment } : { kind: "ignore", what, comment };
}
