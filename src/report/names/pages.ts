import { createHash } from "node:crypto";
import path from "node:path";

/** A folder or file of a report, as Istanbul's HTML reporters see it. */
export interface PageNode {
  isSummary(): boolean;
  getQualifiedName(): string;
  getRelativeName(): string;
  getParent(): PageNode | null;
}

/** Where the pages of a report are, and how they link to each other: whatever is in their names, also `%`, `#` and `?`. */
export const linkMapper = {
  getPath: (node: PageNode | string): string => {
    if (typeof node === "string") return node;
    const steps = node.getQualifiedName().split("/").map(isOfFolder(node));
    const own = steps.map(([step, isFolder]) => pageStep(step, isFolder)).join("/");
    if (!node.isSummary()) return `${own}.html`;
    return own === "" ? "index.html" : `${own}/index.html`;
  },
  relativePath: (source: PageNode | string, target: PageNode | string): string => {
    const folder = path.posix.dirname(linkMapper.getPath(source));
    return urlOf(path.posix.relative(folder, linkMapper.getPath(target)));
  },
  assetPath: (node: PageNode, name: string): string =>
    linkMapper.relativePath(linkMapper.getPath(node), name),
};

/** The way to a page as links, from the first folder on. */
export function breadcrumbs(node: PageNode): string {
  const links: string[] = [];
  for (let parent = node.getParent(); parent !== null; parent = parent.getParent()) {
    const name = html(parent.getRelativeName() || "All files");
    links.unshift(`<a href="${html(linkMapper.relativePath(node, parent))}">${name}</a>`);
  }
  return links.length === 0 ? "All files" : `${links.join(" / ")} ${html(node.getRelativeName())}`;
}

/** The name of a node as the one page of `html-spa` makes a link of it, inside of a script. */
export function scriptName(node: PageNode): string {
  const steps = node.getRelativeName().split("/").map(isOfFolder(node));
  const name = steps.map(([step, isFolder]) => pageStep(step, isFolder)).join("/");
  return urlOf(name).replaceAll("<", "%3C");
}

const isOfFolder =
  (node: PageNode) =>
  (step: string, index: number, steps: readonly string[]): readonly [string, boolean] => [
    step,
    node.isSummary() || index < steps.length - 1,
  ];

const longestName = 255;
const ending = ".html";
const assets =
  /^(?:base\.css|block-navigation\.js|bundle\.js|favicon\.png|prettify\.(?:css|js)|sort-arrow-sprite\.png|sorter\.js|spa\.css)$/;

/** The folder or page of one step; longer ones no file system has, and others stand where a page or file of Istanbul's may. */
function pageStep(step: string, isFolder: boolean): string {
  const isLong = Buffer.byteLength(step) + ending.length > longestName;
  const isTaken = isFolder && (assets.test(step) || step.toLowerCase().endsWith(ending));
  if (!isLong && !isTaken) return step;
  const digest = createHash("sha256").update(step).digest("hex").slice(0, 12);
  return `${start(step, longestName - ending.length - digest.length - 1)}-${digest}`;
}

/** So many bytes of a text at most, in whole characters. */
function start(text: string, bytes: number): string {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** What a URL takes for something else, a browser for a "/", or for blanks around it. */
function urlOf(file: string): string {
  return file.replace(/[%#?\\:]|^ +/g, (text) =>
    Array.from(text, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`).join(""),
  );
}

function html(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
