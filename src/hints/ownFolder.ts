/** Tests that open files by names that are right only in their own folder. */

import path from "node:path";
import { currentFolder, isFile, readContent } from "../files/files.js";
import { nameOf, textOf } from "../harness/plan/modules/requires.js";
import { hasFailed } from "../harness/run/results/totals.js";
import { childrenOf, parseNewest } from "../source/syntax.js";
import type { Node } from "../source/tree.js";
import type { Config, Notice, Outcome } from "../types.js";
import { quoted } from "../words.js";

/** A test, and what it opens so. */
export interface OwnFolder {
  /** Below the current folder. */
  readonly test: string;
  /** As the test has it. */
  readonly opened: string;
  /** Where the test is to run, below the current folder. */
  readonly folder: string;
}

/** Advice for programs that failed and are to run in their own folders. */
export function ownFolderHints({ cwd }: Pick<Config, "cwd">, outcomes: readonly Outcome[]): Notice[] {
  const failed = outcomes.filter(({ results }) => results.some(hasFailed));
  const files = [...new Set(failed.map(({ file }) => file))];
  return files.flatMap((file): Notice[] => {
    const found = ownFolderOf(file, currentFolder());
    if (found === null) return [];
    const message = `${sayOwnFolder(found)}: ${ownFolderCommand([found], currentFolder(), cwd)}`;
    return [{ level: "warning", file, message }];
  });
}

export function sayOwnFolder({ test, opened, folder }: OwnFolder): string {
  return `${test} opens ${opened}, which is there only where ${folder} is the current folder: run it in that`;
}

/** The command for tests of one folder. */
export function ownFolderCommand(all: readonly OwnFolder[], current: string, root: string): string {
  const folder = all[0]?.folder ?? ".";
  const way = path.relative(path.resolve(current, folder), root);
  const names = all.map(({ test }) => quoted(path.basename(test)));
  return `cd ${quoted(folder)} && luacov-ts --cwd ${quoted(way)} ${names.join(" ")}`;
}

/** Null for a test that opens nothing so. */
export function ownFolderOf(test: string, current: string): OwnFolder | null {
  const file = path.resolve(current, test);
  const own = path.dirname(file);
  if (own === current) return null;
  const { opened, texts } = namesIn(file);
  // Who tries several names finds the file anyway.
  const others = new Set(texts.map((text) => path.resolve(current, text)));
  const found = opened.find((name) => {
    const target = path.resolve(own, name);
    return !others.has(target) && !isFile(path.resolve(current, name)) && isFile(target);
  });
  if (found === undefined) return null;
  return { test: path.relative(current, file), opened: found, folder: path.relative(current, own) };
}

interface Names {
  readonly opened: readonly string[];
  /** All strings of the text. */
  readonly texts: readonly string[];
}

function namesIn(file: string): Names {
  const opened: string[] = [];
  const texts: string[] = [];
  const visit = (node: Node) => {
    const name = openedBy(node);
    if (name !== null) opened.push(name);
    if (node.type === "StringLiteral") texts.push(node.value);
    for (const child of childrenOf(node)) visit(child);
  };
  for (const statement of statementsOf(file)) visit(statement);
  return { opened, texts };
}

function statementsOf(file: string): readonly Node[] {
  try {
    const parsed = parseNewest(readContent(file));
    return parsed.ok ? parsed.syntax.body : [];
  } catch {
    return [];
  }
}

/** The name in `dofile "name"`, `loadfile "name"`, `io.open "name"` and `io.lines "name"`; null for anything else. */
function openedBy(node: Node): string | null {
  if (node.type !== "SuffixedExpression") return null;
  const [first, second] = node.suffixes;
  const base = nameOf(node.base);
  const isDirect = base === "dofile" || base === "loadfile";
  const field = first?.type === "MemberSuffix" ? first.identifier.name : "";
  const isOfIo = base === "io" && (field === "open" || field === "lines");
  const call = isDirect ? first : isOfIo ? second : undefined;
  return call?.type === "CallSuffix" ? textOf(call.arguments[0]) : null;
}
