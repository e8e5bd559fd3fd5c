import path from "node:path";
import { readContent } from "../../files/files.js";
import { childrenOf, parseNewest } from "../../source/syntax.js";
import type { Node } from "../../source/tree.js";
import type { Style } from "../../types.js";
import { requiredModule } from "./modules/requires.js";
import { registersTests, specFunctions } from "./specCalls.js";

/** What is in any text for a framework: one of its names, or a backslash, by which a string may have one. Others are not parsed. */
const framework = new RegExp(`\\b(${[...specFunctions, "busted", "luaunit"].join("|")})\\b|\\\\`);

/** What a file is written for. One that cannot be read is a script: running it says what is wrong. */
export function styleOfFile(file: string): Style {
  try {
    const content = readContent(file);
    const isNamed = path.basename(file).includes("_spec");
    if (!isNamed && !framework.test(content.toString("latin1"))) return "script";
    const parsed = parseNewest(content);
    if (!parsed.ok) return "script";
    const { body } = parsed.syntax;
    // One that somebody has begun by its name alone has no tests yet.
    return isNamed && body.length === 0 ? "spec" : styleOfBody(body);
  } catch {
    return "script";
  }
}

/**
 * What a Lua text is written for: `spec` when it calls one of busted's functions outside of any function of
 * its own, else `luaunit` when it requires a module of that name, else `script`, also for a text
 * that cannot be parsed.
 */
export function styleOf(source: Uint8Array): Style {
  const parsed = parseNewest(source);
  return parsed.ok ? styleOfBody(parsed.syntax.body) : "script";
}

function styleOfBody(body: readonly Node[]): Style {
  if (registersTests(body)) return "spec";
  return body.some(requiresLuaUnit) ? "luaunit" : "script";
}

/** `require "luaunit"`, `pcall(require, "luaunit")`, also as part of a library: `require "test.luaunit"`. */
function requiresLuaUnit(node: Node): boolean {
  const module = requiredModule(node);
  if (module !== null && /(^|[./\\])luaunit$/.test(module)) return true;
  return childrenOf(node).some(requiresLuaUnit);
}
