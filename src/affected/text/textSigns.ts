import { parseNewest, type Syntax } from "../../source/syntax.js";

/** What the text of a Lua file says of what the program may depend on besides what it executes. */
export interface TextSigns {
  /** Whether it may see at which lines something is. */
  readonly seesLines: boolean;
  /** Whether it may see what is in functions that it does not call, or how much memory there is. */
  readonly looksInside: boolean;
  /** Whether it may call C by LuaJIT's ffi. */
  readonly callsC: boolean;
  /** The variables of the environment that it may ask for; null for any. */
  readonly variables: readonly string[] | null;
}

/** Words of which one is enough, as names or in strings. */
const lineWords: ReadonlySet<string> = new Set([
  "debug",
  "traceback",
  "currentline",
  "linedefined",
  "getinfo",
]);
const insideWords: ReadonlySet<string> = new Set([
  ...["dump", "nparams", "isvararg", "activelines", "collectgarbage", "gcinfo"],
  ...["getupvalue", "setupvalue", "upvalueid", "upvaluejoin", "getlocal", "setlocal"],
]);

const noSigns: TextSigns = { seesLines: false, looksInside: false, callsC: false, variables: [] };
const allSigns: TextSigns = { seesLines: true, looksInside: true, callsC: true, variables: null };

/** A name or string of a text, and what stands around it. */
interface Word {
  readonly text: string;
  readonly isString: boolean;
  /** The next tokens: their kinds, and their texts. */
  symbol(ahead: number): string | undefined;
  ahead(ahead: number): string;
}

/** Of a text that is no Lua, all is possible: somebody may have made Lua of it. */
export function signsOf(text: Uint8Array): TextSigns {
  const parsed = parseNewest(text);
  if (!parsed.ok) return allSigns;
  const words = [...wordsOf(parsed.syntax)];
  const asked = words.filter(isAsking).map(variableIn);
  return {
    seesLines: words.some((word) => lineWords.has(word.text) || mayHoldLine(word)),
    looksInside: words.some((word) => insideWords.has(word.text) && !isCollection(word)),
    callsC: words.some(({ text: own, isString }) => isString && own === "ffi"),
    variables: asked.includes(null) ? null : asked.filter((name) => name !== null),
  };
}

function* wordsOf({ tokens, text: slice }: Syntax): Generator<Word> {
  for (let index = 0; index < tokens.length; index++) {
    const symbol = tokens.symbol(index);
    if (symbol !== "<name>" && symbol !== "<string>") continue;
    const at = (ahead: number) =>
      slice({ start: tokens.start(index + ahead), end: tokens.end(index + ahead) });
    const isString = symbol === "<string>";
    const kind = (ahead: number) => tokens.symbol(index + ahead);
    yield { text: isString ? contentOf(at(0)) : at(0), isString, symbol: kind, ahead: at };
  }
}

function isAsking({ text }: Word): boolean {
  return text === "getenv" || text === "getenvs";
}

/** The variable that `os.getenv` is asked for by a literal name; null for any. */
function variableIn({ text, isString, symbol, ahead }: Word): string | null {
  if (isString || text !== "getenv") return null;
  if (symbol(1) === "<string>") return contentOf(ahead(1));
  const isLiteral = symbol(1) === "(" && symbol(2) === "<string>" && symbol(3) === ")";
  return isLiteral ? contentOf(ahead(2)) : null;
}

/** Of several files of a program. */
export function joinSigns(all: readonly TextSigns[]): TextSigns {
  return all.reduce(
    (a, b) => ({
      seesLines: a.seesLines || b.seesLines,
      looksInside: a.looksInside || b.looksInside,
      callsC: a.callsC || b.callsC,
      variables:
        a.variables === null || b.variables === null ? null : [...new Set([...a.variables, ...b.variables])],
    }),
    noSigns,
  );
}

/** A place as messages have it (`:12`), a pattern of one (`:%d`), or the beginning of one, to which a number is added. */
function mayHoldLine({ text, isString, symbol }: Word): boolean {
  if (!isString) return false;
  return (
    /:(?:\(?%d|\(?\[|\d)/.test(text) || (text.endsWith(":") && symbol(1) === ".." && symbol(2) === "<number>")
  );
}

/** To collect garbage, or to stop that, tells nobody how much there is. */
function isCollection({ text, symbol, ahead }: Word): boolean {
  if (text !== "collectgarbage") return false;
  const argument = symbol(1) === "(" ? ahead(2) : ahead(1);
  return [")", "collect", "stop", "restart", "generational", "incremental"].includes(contentOf(argument));
}

/** What is between the quotes, as it is written; one with escapes is no name that anybody looks for. */
function contentOf(token: string): string {
  return token.replace(/^(?:\[=*\[|["'])/, "").replace(/(?:\]=*\]|["'])$/, "");
}
