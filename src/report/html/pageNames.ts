import { createHash } from "node:crypto";

/**
 * Gives each source, by its name from the root on, the name of a page. Most are the source's with `.html` behind it; what a
 * file system, a link or another page would take for something else has a digest.
 */
export function createPageNames(): (name: string) => string {
  const taken = new Set<string>(["index.html"]);
  return (name) => {
    const steps = name.split("/");
    const own = steps.map(stepOf).join("/");
    const page = taken.has(key(`${own}.html`)) ? `${own}-${digest(name)}.html` : `${own}.html`;
    taken.add(key(page));
    return page;
  };
}

/** A link from one page to a file, both by their names from the folder of the report on. */
export function linkTo(page: string, file: string): string {
  const up = "../".repeat(page.split("/").length - 1);
  return up + file.split("/").map(encodeURIComponent).join("/");
}

/** Some file systems take "A" and "a" for the same. */
const key = (name: string) => name.toLowerCase();

const longest = 200;
const plain = /^[\p{L}\p{M}\p{N}_.+@ ()=,-]+$/u;
/** Names of Windows's devices, of folders, of folders that look like pages, and with what a link or Windows cuts off. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$|^\.+$|\.html$|^ |[ .]$/i;

function stepOf(step: string): string {
  if (plain.test(step) && Buffer.byteLength(step) <= longest && !reserved.test(step)) return step;
  const shown = step
    .replace(/[^\w.+-]/g, "_")
    .replace(/^\.+/, "_")
    .slice(0, 40);
  return `${shown}-${digest(step)}`;
}

function digest(text: string): string {
  // Halves of characters, which stand for bytes, are told apart.
  return createHash("sha256").update(Buffer.from(text, "utf16le")).digest("hex").slice(0, 12);
}
