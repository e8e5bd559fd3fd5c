import { createPositions } from "../../../source/positions.js";
import { childrenOf, parseNewest } from "../../../source/syntax.js";
import type { FunctionDeclaration, Node } from "../../../source/tree.js";

/** A test as LuaUnit calls it, `TestClass.testMethod` or `testFunction`, and the lines of its text. */
export interface LuaUnitTest {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

/** The tests that a text defines as functions with names, which is not all that LuaUnit may find when the text runs. */
export function luaunitTestsIn(source: Uint8Array): readonly LuaUnitTest[] {
  const parsed = parseNewest(source);
  if (!parsed.ok) return [];
  const { at } = createPositions(source);
  return parsed.syntax.body.flatMap(functionsIn).flatMap((node) => {
    const name = testName(node);
    return name === null ? [] : [{ name, first: at(node.start).line, last: at(node.end).line }];
  });
}

function functionsIn(node: Node): FunctionDeclaration[] {
  const below = childrenOf(node).flatMap(functionsIn);
  return node.type === "FunctionDeclaration" ? [node, ...below] : below;
}

/** LuaUnit takes what begins with "test" in whatever case, of globals and of the methods of such. */
function testName({ identifier, isLocal }: FunctionDeclaration): string | null {
  const names = identifier?.names.map(({ name }) => name) ?? [];
  const isTest = names.length > 0 && names.length < 3 && names.every((name) => /^test/i.test(name));
  return isTest && !isLocal ? names.join(".") : null;
}
