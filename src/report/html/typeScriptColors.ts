import path from "node:path";
import type jsTokens from "js-tokens";
import type { Token } from "js-tokens";
import type { Colored } from "../../source/colored.js";

/** Loads js-tokens, for the first page of such a source: most projects have none, and modules and nyc load in other ways. */
export type LoadTokens = () => typeof jsTokens;

/** Whether the words of a source are TypeScript's, or JavaScript's, which TypeScriptToLua compiles as well. */
export function isTypeScript(file: string): boolean {
  return /^\.[cm]?[jt]sx?$/.test(path.extname(file));
}

const reserved = new Set(
  (
    "break case catch class const continue debugger default delete do else enum export extends finally for function if import in " +
    "instanceof let new return static super switch this throw try typeof var void while with yield"
  ).split(" "),
);
/** Words that are names elsewhere: they count where a word, a text or a block follows. */
const contextual = new Set(
  (
    "abstract as async await declare from get implements infer interface is keyof namespace module of private protected public " +
    "readonly satisfies set type"
  ).split(" "),
);
const literals = new Set(["null", "undefined", "true", "false", "NaN", "Infinity"]);

/** Words, literals and comments of TypeScript, in the order of the text; a text that is none loses colours alone. */
export function typeScriptColors(text: string, load: LoadTokens): readonly Colored[] {
  const tokens = Array.from(load()(text));
  const found: Colored[] = [];
  let [start, last]: [number, Token | null] = [0, null];
  for (const [index, token] of tokens.entries()) {
    const end = start + token.value.length;
    const color = colorOf(token, last, followingIn(tokens, index));
    if (color !== null) found.push({ start, end, color });
    start = end;
    if (!isBlank(token)) last = token;
  }
  return found;
}

function isBlank({ type }: Token): boolean {
  return type === "WhiteSpace" || type === "LineTerminatorSequence" || type.endsWith("Comment");
}

function followingIn(tokens: readonly Token[], index: number): Token | null {
  for (let next = index + 1; ; next++) {
    const token = tokens[next];
    if (token === undefined) return null;
    if (!isBlank(token)) return token;
  }
}

function colorOf(token: Token, last: Token | null, next: Token | null): Colored["color"] | null {
  switch (token.type) {
    case "IdentifierName":
      return colorOfWord(token.value, last?.value ?? "", next);
    case "PrivateIdentifier":
      return next?.value === "(" ? "f" : null;
    case "NumericLiteral":
      return "d";
    case "StringLiteral":
    case "RegularExpressionLiteral":
    case "NoSubstitutionTemplate":
    case "TemplateHead":
    case "TemplateMiddle":
    case "TemplateTail":
      return "s";
    case "SingleLineComment":
    case "MultiLineComment":
    case "HashbangComment":
      return "c";
    default:
      return null;
  }
}

/** Behind a dot, and before the colon of a key, every word is a name. */
function colorOfWord(word: string, last: string, next: Token | null): Colored["color"] | null {
  const isMember = last === "." || last === "?.";
  const isKey = next?.value === ":" && (last === "{" || last === ",");
  if (!isMember && !isKey) {
    if (literals.has(word)) return "l";
    if (reserved.has(word)) return "k";
    if (contextual.has(word) && beginsMore(next)) return "k";
  }
  return next?.value === "(" ? "f" : null;
}

function beginsMore(next: Token | null): boolean {
  return next?.type === "IdentifierName" || next?.type === "StringLiteral" || next?.value === "{";
}
