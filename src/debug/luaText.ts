import { forEachChild, parseNewest } from "../source/syntax.js";
import type { Node } from "../source/tree.js";
import type { Breakpoint } from "./protocol.js";

/** Whether some Lua reads a text, as an expression or as statements. */
export function isLua(text: string): boolean {
  return isExpression(text) || parseNewest(Buffer.from(text)).ok;
}

/** Whether some Lua reads a text as one expression, or as several with commas in between. */
export function isExpression(text: string): boolean {
  return text.trim() !== "" && parseNewest(Buffer.from(`return ${text}`)).ok;
}

/** Whether Lua may change something in a program: it assigns or calls. */
export function mayChange(text: string): boolean {
  const expression = parseNewest(Buffer.from(`return ${text}`));
  const parsed = expression.ok ? expression : parseNewest(Buffer.from(text));
  return parsed.ok && parsed.syntax.body.some(isChange);
}

function isChange(node: Node): boolean {
  if (node.type === "AssignmentStatement" || node.type === "CallSuffix") return true;
  if (node.type === "FunctionDeclaration" && node.identifier !== null && !node.isLocal) return true;
  let found = false;
  forEachChild(node, (child) => {
    found ||= isChange(child);
  });
  return found;
}

/** Of a breakpoint, what may change something in the program as that comes to it. */
export function changingTexts({ condition = "", log = "" }: Pick<Breakpoint, "condition" | "log">): string[] {
  const said = Array.from(log.matchAll(/\{([^{}]*)\}/g), ([, text = ""]) => text);
  return [condition, ...said].filter(mayChange);
}
