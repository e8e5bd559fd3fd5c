import type { ParsedFile } from "../coverage/siteAnalysis.js";
import { withoutFirstLineComment } from "../source/firstLine.js";
import { parse, parseNewest, type Syntax } from "../source/syntax.js";
import type { Notify } from "./analyseRequest.js";
import type { AnalysisRequest } from "./request.js";

/** The Lua whose instructions are counted. */
const embedded = "5.3";

/** A file as the embedded Lua reads it, or another one where nobody loaded it; null, with a notice, where none does. */
export function readEmbedded(
  { path, name, source }: AnalysisRequest,
  wasLoaded: boolean,
  notify: Notify,
): ParsedFile | null {
  if (isNoText(source, name, notify)) return null;
  const syntax = readSyntax(source, name, wasLoaded, notify);
  return syntax === null ? null : { path, name, source, syntax };
}

/** A file as the newest Lua reads it that does; null, with a notice, where none does. */
export function readNewest({ path, name, source }: AnalysisRequest, notify: Notify): ParsedFile | null {
  if (isNoText(source, name, notify)) return null;
  const parsed = parseNewest(source);
  if (parsed.ok) return { path, name, source, syntax: parsed.syntax };
  notify("problem", `${name}:${parsed.line}: ${parsed.message}: the file cannot be analysed`);
  return null;
}

/** What nobody loaded may be for another Lua: it counts all the same. */
function readSyntax(source: Uint8Array, name: string, wasLoaded: boolean, notify: Notify): Syntax | null {
  const parsed = parse(source, embedded);
  if (parsed.ok) return parsed.syntax;
  const problem = `${name}:${parsed.line}: ${parsed.message}`;
  const other = wasLoaded ? parsed : parseNewest(source);
  if (other.ok) {
    const { version } = other.syntax;
    const lua = version === "LuaJIT" ? version : `Lua ${version}`;
    notify("information", `${problem}; as ${lua} reads the file, it counts as not covered`);
    return other.syntax;
  }
  notify("problem", `${problem}: the file cannot be analysed`);
  return null;
}

/** Says of what Lua's compiler would complain about without saying what it is. */
function isNoText(source: Uint8Array, name: string, notify: Notify): boolean {
  const start = Buffer.from(withoutFirstLineComment(source).subarray(0, 2)).toString("latin1").trimStart();
  if (start.startsWith("\u001b")) {
    notify("warning", `${name} is precompiled, without a text that could be measured, and is left out`);
    return true;
  }
  if (start !== "\u00ff\u00fe" && start !== "\u00fe\u00ff") return false;
  notify("problem", `${name} is UTF-16 text, which Lua does not read: save it as UTF-8`);
  return true;
}
