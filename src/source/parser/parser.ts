import type { Dialect } from "../dialect.js";
import type { TokenList } from "../tokens.js";
import type { FunctionDeclaration, FunctionName, FunctionNeeds, Span, Statement } from "../tree.js";
import { parseFunction } from "./functions.js";
import type { Characters } from "./lexer/characters.js";
import { Lexer, type Token } from "./lexer/lexer.js";
import type { Parsing } from "./parsing.js";
import { Scopes } from "./scopes.js";
import { parseBlock } from "./statements.js";
import { TokenStream } from "./stream.js";

/** LUAI_MAXCCALLS of every PUC Lua, LJ_MAX_XLEVEL of LuaJIT. */
const maxLevels = 200;

/** Reads one text. Tokens and comments are added to the given lists as they are read. */
export class Parser implements Parsing {
  readonly stream: TokenStream;
  readonly scopes: Scopes;
  #level = 0;
  /** The deepest level that was reached. */
  levels = 0;

  /** Throws a SyntaxProblem, as the other methods do. */
  constructor(source: Characters, dialect: Dialect, tokens: TokenList, comments: Span[]) {
    this.stream = new TokenStream(new Lexer(source, dialect, tokens, comments), dialect);
    this.scopes = new Scopes(this.stream);
  }

  /** The main function. */
  parse(): { readonly body: Statement[]; readonly needs: FunctionNeeds } {
    const body = parseBlock(this);
    if (!this.stream.is("<eof>")) this.stream.expect("<eof>");
    return { body, needs: this.scopes.leaveFunction() };
  }

  enterLevel(): void {
    if (++this.#level > this.levels) this.levels = this.#level;
    if (this.#level <= maxLevels) return;
    const { version } = this.stream.dialect;
    if (version === "5.1" || version === "LuaJIT")
      this.stream.failMeaning("chunk has too many syntax levels");
    if (version === "5.4" || version === "5.5") this.stream.failMeaning("C stack overflow");
    this.scopes.failTooMany("C levels", maxLevels);
  }

  leaveLevel(): void {
    this.#level--;
  }

  parseFunction(
    keyword: Token,
    identifier: FunctionName | null,
    isLocal: boolean,
    start?: number,
  ): FunctionDeclaration {
    return parseFunction(this, keyword, identifier, isLocal, start);
  }
}
