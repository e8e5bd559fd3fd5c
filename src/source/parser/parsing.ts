import type { FunctionDeclaration, FunctionName } from "../tree.js";
import type { Token } from "./lexer/lexer.js";
import type { Scopes } from "./scopes.js";
import type { TokenStream } from "./stream.js";

/** What the parts of the parser share while they read one text. */
export interface Parsing {
  readonly stream: TokenStream;
  readonly scopes: Scopes;
  /** Around each statement and each operand: no Lua recurses deeper than 200 levels. */
  enterLevel(): void;
  leaveLevel(): void;
  /** What stands behind the keyword `function` and the name: parameters and body. */
  parseFunction(
    keyword: Token,
    identifier: FunctionName | null,
    isLocal: boolean,
    start?: number,
  ): FunctionDeclaration;
}
