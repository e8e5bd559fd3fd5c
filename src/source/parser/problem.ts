/** Why a text is not Lua: thrown in the parser, and caught where it was asked to parse. */
export class SyntaxProblem extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}
