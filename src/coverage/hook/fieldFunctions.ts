import type { Positions } from "../../source/positions.js";
import type { Syntax } from "../../source/syntax.js";
import type { Expression, FunctionDeclaration, Statement, TableConstructor } from "../../source/tree.js";
import { type SitesOfFunction, sitesOf } from "../sites/sitesOf.js";

/** The statement that makes a function, and the index of the function whose statement it is. */
export interface Maker {
  readonly statement: Statement;
  readonly index: number;
}

/**
 * The functions in the fields of a table that a statement has for a value. Such a statement comes once by the line on which it
 * begins and once by each of its functions, which tells the calls of a function on one line from its making.
 */
export function fieldFunctions(all: readonly SitesOfFunction[]): ReadonlyMap<FunctionDeclaration, Maker> {
  const makers = new Map<FunctionDeclaration, Maker>();
  const visit = (table: TableConstructor, maker: Maker): void => {
    for (const { value } of table.fields) {
      if (value.type === "FunctionDeclaration") makers.set(value, maker);
      else if (value.type === "TableConstructor") visit(value, maker);
    }
  };
  all.forEach(({ statements }, index) => {
    for (const statement of statements) {
      for (const value of valuesOf(statement)) {
        if (value.type === "TableConstructor") visit(value, { statement, index });
      }
    }
  });
  return makers;
}

/** A line on which a statement that began on an earlier one makes functions, which a hook counts there, too. */
export interface MakingLine {
  readonly line: number;
  readonly first: number;
}

export function makingLines(syntax: Syntax, positions: Positions): MakingLine[] {
  const lines = new Map<string, MakingLine>();
  for (const [fn, { statement }] of fieldFunctions(sitesOf(syntax))) {
    const [line, last, first] = [fn.start, fn.end - 1, statement.start].map((at) => positions.at(at).line);
    if (line === undefined || first === undefined || line !== last || line === first) continue;
    lines.set(`${first} ${line}`, { line, first });
  }
  return [...lines.values()];
}

function valuesOf(statement: Statement): readonly Expression[] {
  switch (statement.type) {
    case "LocalStatement":
    case "GlobalStatement":
    case "AssignmentStatement":
      return statement.init;
    case "ReturnStatement":
      return statement.arguments;
    default:
      return [];
  }
}
