import type { Comment, Span } from "./syntax.js";
import { spanOf } from "./syntax.js";

/** What an ignore comment asks to leave out. */
export type IgnoreKind = "next" | "if" | "else" | "function" | "file";

/** A comment that speaks to this tool. */
export type Directive =
  | { readonly kind: "disable" | "enable"; readonly comment: Span }
  | { readonly kind: "ignore"; readonly what: IgnoreKind; readonly comment: Span }
  | { readonly kind: "unknown"; readonly text: string; readonly comment: Span };

const ignoreKinds: readonly IgnoreKind[] = ["next", "if", "else", "function", "file"];

/**
 * The directives among comments: LuaCov's `luacov: disable` and `luacov: enable`, alone in a short comment,
 * and `luacov: ignore next|if|else|function|file`, with an optional reason behind another `--`.
 */
export function findDirectives(comments: readonly Comment[]): Directive[] {
  return comments.flatMap((comment) => {
    const text = /^--\s*luacov:\s*(.*?)\s*$/.exec(comment.raw)?.[1];
    return text === undefined ? [] : [directive(text, spanOf(comment))];
  });
}

function directive(text: string, comment: Span): Directive {
  if (text === "disable" || text === "enable") return { kind: text, comment };
  const word = /^ignore\s+(\w+)\s*(--.*)?$/.exec(text)?.[1];
  const what = ignoreKinds.find((each) => each === word);
  return what === undefined ? { kind: "unknown", text, comment } : { kind: "ignore", what, comment };
}
