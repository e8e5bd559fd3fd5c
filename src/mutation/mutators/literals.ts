import type { Node } from "../../source/tree.js";
import { type Mutator, parentOf, type Surroundings } from "./mutator.js";

/** A number that is another one by 1. */
export const numberLiteral: Mutator = (node, surroundings) => {
  if (node.type !== "NumericLiteral") return [];
  const { start, end } = node;
  const text = surroundings.syntax.text(node);
  const other = otherNumber(text, isStep(node, surroundings));
  return [{ start, end, replacement: other, description: `${text} became ${other}` }];
};

/** A text that is empty, and an empty one that is not. The names of modules are none. */
export const stringLiteral: Mutator = (node, surroundings) => {
  if (node.type !== "StringLiteral" || isModuleName(surroundings)) return [];
  const { start, end } = node;
  const [replacement, description] =
    node.value === ""
      ? ['"luacov-ts"', "the empty string became another one"]
      : ['""', "the string became empty"];
  return [{ start, end, replacement, description }];
};

/** A list that is empty. */
export const arrayDeclaration: Mutator = (node) => emptied(node, true);

/** A table with keys that is empty. */
export const objectLiteral: Mutator = (node) => emptied(node, false);

function emptied(node: Node, isList: boolean) {
  if (node.type !== "TableConstructor" || node.fields.length === 0) return [];
  if (node.fields.every(({ type }) => type === "TableValue") !== isList) return [];
  const { start, end } = node;
  return [{ start, end, replacement: "{}", description: "the table became empty" }];
}

/** Of 0 and 1 the other one, of whole numbers the next, of others 0. */
function otherNumber(text: string, isStep: boolean): string {
  if (text === "1" && !isStep) return "0";
  if (/^\d{1,15}$/.test(text)) return String(Number(text) + 1);
  return isZero(text) || isStep ? "1" : "0";
}

function isZero(text: string): boolean {
  return /^(?:0x)?[0.]+(?:[ep][+-]?\d+)?$/i.test(text);
}

/** A loop whose step is 0 is an error in some Luas, and in others has no end. */
function isStep(node: Node, { around }: Surroundings): boolean {
  const loop = around.findLast(({ type }) => type !== "UnaryExpression");
  const step = loop?.type === "ForNumericStatement" ? loop.step : null;
  return step !== null && step !== undefined && step.start <= node.start && node.end <= step.end;
}

function isModuleName(surroundings: Surroundings): boolean {
  if (parentOf(surroundings)?.type !== "CallSuffix") return false;
  const call = surroundings.around.at(-2);
  const base = call?.type === "SuffixedExpression" ? call.base : null;
  return base?.type === "Identifier" && base.name === "require";
}
