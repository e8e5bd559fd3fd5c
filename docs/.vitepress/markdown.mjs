// How the site shows what the pages have for readers of the repository and for the test that runs their commands.
import { statSync } from "node:fs";
import path from "node:path";

const docs = path.resolve(import.meta.dirname, "..");
const root = path.dirname(docs);

/** Above a block of `lua file=src/a.lua` stands that name. */
export function fileNames(markdown) {
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    const [, name] = /\bfile=(\S+)/.exec(token.info) ?? [];
    // What follows the language is for that test alone.
    token.info = token.info.split(" ")[0] ?? "";
    const block = fence(tokens, index, ...rest);
    return name === undefined
      ? block
      : `<p class="file-name">${markdown.utils.escapeHtml(name)}</p>\n${block}`;
  };
}

/** A link to a file beside docs leads to a copy of it in the site; `linked` gets its path. */
export function linksToRepository(markdown, linked) {
  markdown.core.ruler.push("links to the repository", ({ tokens, env }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet("href");
      if (token.type !== "link_open" || !href?.startsWith("../")) continue;
      const file = path.relative(root, path.resolve(docs, path.dirname(env.relativePath), href));
      if (file.startsWith("docs/") || !isFile(path.join(root, file))) continue;
      linked.add(file);
      token.attrSet("href", `/files/${file}`);
      token.attrSet("target", "_blank");
    }
  });
}

const isFile = (name) => statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
