import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("../..", import.meta.url));
export const docs = path.join(repository, "docs");

/** A page of the documentation by its path in the repository. */
export interface Page {
  readonly name: string;
  readonly text: string;
  /** The example that its commands run in a copy of, by `<!-- folder: examples/shipping -->`; null for an empty folder. */
  readonly folder: string | null;
  /** The test that follows its commands in another way, by `<!-- commands: test/project/docs.test.ts -->`. */
  readonly otherTest: string | null;
  readonly blocks: readonly Block[];
}

/**
 * A block of a page: `file=NAME` makes that file; `sh` runs, unless `skip="why"` says why it does not, with the tools that
 * `needs="lua5.4 nvim"` names, and ends with the code that `exit=1` says; `output` is what the `sh` before it writes.
 */
export interface Block {
  readonly line: number;
  readonly language: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
}

export const pages: readonly Page[] = [
  "README.md",
  ...readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll(path.sep, "/")}`)
    .sort(),
].map(readPage);

function readPage(name: string): Page {
  const text = readFileSync(path.join(repository, name), "utf8");
  const [, folder = null] = /^<!-- folder: (\S+) -->$/m.exec(text) ?? [];
  const [, otherTest = null] = /^<!-- commands: (\S+) -->$/m.exec(text) ?? [];
  return { name, text, folder, otherTest, blocks: blocksOf(text) };
}

function blocksOf(text: string): Block[] {
  const fences = text.matchAll(/^```([a-z]*)(.*)\n((?:(?!```).*\n)*)```$/gm);
  return Array.from(fences, ({ index, 1: language = "", 2: info = "", 3: body = "" }) => {
    return {
      line: text.slice(0, index).split("\n").length,
      language,
      attributes: attributesOf(info),
      text: body,
    };
  });
}

function attributesOf(info: string): Map<string, string> {
  const found = info.matchAll(/([a-z]+)(?:=(?:"([^"]*)"|(\S+)))?/g);
  return new Map(Array.from(found, ([, key = "", quoted, bare = ""]) => [key, quoted ?? bare]));
}

/** A page's text without its blocks and its code. */
export function prose(page: Page): string {
  return page.text.replace(/^```[^\n]*\n(?:(?!```).*\n)*```$/gm, "").replace(/`[^`\n]+`/g, "code");
}
