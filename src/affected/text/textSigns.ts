import { parseNewest, type Syntax } from "../../source/syntax.js";
import type { Expression } from "../../source/tree.js";
import { eachName, type Name, type Text } from "./names.js";
import { hasWords, sightOfWord, sightsIn, sightsOfLibraryNamed } from "./signWords.js";

/**
 * What a program may see besides what it executes: on which lines anything is, or what runs; the message of an error, which has the
 * line on which it was raised, and where a level says so the line of who is further up than a caller; what is in functions that it does not call, or how much memory there is; what C does by LuaJIT's ffi;
 * a variable of the environment.
 */
export type Sight = "lines" | "stack" | "errors" | "far errors" | "inside" | "ffi" | "variable";

/** A place of a text where the program may see something. */
export interface TextSign {
  readonly at: number;
  readonly sight: Sight;
  /** The variable that is asked for; null for any. */
  readonly variable: string | null;
}

/** What a program may see. */
export interface ProgramSigns {
  readonly seesLines: boolean;
  readonly seesStack: boolean;
  readonly seesErrors: boolean;
  readonly raisesFar: boolean;
  readonly looksInside: boolean;
  readonly callsC: boolean;
  /** The variables of the environment that it may ask for; null for any. */
  readonly variables: readonly string[] | null;
}

/** Of a text that is no Lua, all is possible: somebody may have made Lua of it. */
export function signsOf(text: Uint8Array): readonly TextSign[] {
  const parsed = parseNewest(text);
  if (parsed.ok) return signsIn(parsed.syntax);
  return (["lines", "stack", "inside", "ffi", "variable"] as const).map((sight) => signAt(0, sight));
}

/** Of a text that a program reads, which it may make Lua of. */
export function signsOfRead(text: Uint8Array): readonly TextSign[] {
  const words = Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString("latin1");
  if (!hasWords(words)) return [];
  const parsed = parseNewest(text);
  return parsed.ok ? signsIn(parsed.syntax) : sightsIn(words).map((sight) => signAt(0, sight));
}

/** Of all that a program executes. */
export function joinSigns(all: readonly TextSign[]): ProgramSigns {
  const asked = all.filter(({ sight }) => sight === "variable").map(({ variable }) => variable);
  const names = new Set(asked.filter((name) => name !== null));
  const has = (wanted: Sight) => all.some(({ sight }) => sight === wanted);
  return {
    seesLines: has("lines"),
    seesStack: has("stack"),
    seesErrors: has("errors"),
    raisesFar: has("far errors"),
    looksInside: has("inside"),
    callsC: has("ffi"),
    variables: asked.includes(null) ? null : [...names],
  };
}

function signAt(at: number, sight: Sight, variable: string | null = null): TextSign {
  return { at, sight, variable };
}

function signsIn(syntax: Syntax): readonly TextSign[] {
  const signs: TextSign[] = [];
  const add = ({ at }: { readonly at: number }, sight: Sight | null, variable: string | null = null) => {
    if (sight !== null) signs.push(signAt(at, sight, variable));
  };
  eachName(syntax, {
    onName: (name) => {
      if (isAsking(name)) add(name, "variable", variableIn(name));
      else if (isLibrary(name)) for (const sight of sightsOfLibraryNamed(name.text)) add(name, sight);
      else add(name, name.text === "error" && isOfOthers(name, syntax) ? "far errors" : sightOfName(name));
    },
    onText: (text) => {
      if (text.text === "ffi") add(text, "ffi");
      for (const sight of sightsOfText(text)) add(text, sight);
    },
  });
  return signs;
}

function isAsking({ text }: Name): boolean {
  return text === "getenv" || text === "getenvs";
}

/** The variable that `os.getenv` is asked for by a literal name; null for any. */
function variableIn({ text, args }: Name): string | null {
  return text === "getenv" ? textIn(args) : null;
}

/** The whole of a library, of which nobody says what is used of it. */
function isLibrary({ text, isGlobal, owner, hasField }: Name): boolean {
  if (hasField || sightsOfLibraryNamed(text).length === 0) return false;
  return isGlobal || owner === "_G" || owner === "_ENV" || owner === "loaded";
}

function sightOfName(name: Name): Sight | null {
  switch (name.text) {
    case "collectgarbage":
      return isCollection(name) ? null : "inside";
    case "wrap":
      // From Lua 5.4 on it puts the place of who called it before the message.
      return name.owner === "coroutine" || (name.owner === null && name.isGlobal) ? "errors" : null;
    case "resume":
      return isUnseen(name) || name.isMethod ? null : "errors";
    case "pcall":
      return isUnseen(name) ? null : "errors";
    default:
      return sightOfWord(name.text);
  }
}

/** An error that names a line of who has called its function's caller, or of somebody further up. */
function isOfOthers({ args }: Name, { text }: Syntax): boolean {
  const level = args?.[1];
  if (level === undefined) return false;
  return level.type !== "NumericLiteral" || !["0", "1", "2"].includes(text(level));
}

/** A call of which nobody gets the error, only whether there was one. */
function isUnseen({ args, isCut }: Name): boolean {
  return args !== null && isCut;
}

/** To collect garbage, or to stop that, tells nobody how much there is. */
function isCollection({ args }: Name): boolean {
  if (args?.length === 0) return true;
  const deed = textIn(args);
  return deed !== null && ["collect", "stop", "restart", "generational", "incremental"].includes(deed);
}

function textIn(args: readonly Expression[] | null): string | null {
  const [first] = args ?? [];
  return first?.type === "StringLiteral" ? first.value : null;
}

function sightsOfText({ text, isKey }: Text): readonly Sight[] {
  const word = sightOfWord(text);
  if (word !== null) return [word];
  return isKey && sightsOfLibraryNamed(text).length > 0 ? sightsOfLibraryNamed(text) : sightsIn(text);
}
