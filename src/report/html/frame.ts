import { html } from "./escape.js";
import { linkTo } from "./pageNames.js";

/** What stands at the start of every page of ours, and of none of anybody else's. */
export const pageMark = '<!doctype html><html lang=en><meta name=generator content="luacov-ts html-lua">';

/** A file of the report that is no page. */
export type Asset = "report.css" | "common.js" | "index.js" | "source.js";

export const assets: readonly Asset[] = ["report.css", "common.js", "index.js", "source.js"];

/** Nothing but our own files, whatever the page says: a browser does not count a file beside it as its own everywhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self' file:",
  "style-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A page with a title, a script and a body of markup. */
export function framed(page: string, title: string, script: Asset, body: string): string {
  const link = (asset: Asset) => linkTo(page, asset);
  return `${pageMark}<meta charset=utf-8><meta http-equiv=Content-Security-Policy content="${policy}">
<meta name=viewport content="width=device-width, initial-scale=1"><meta name=color-scheme content="light dark">
<title>${html(title)}</title><link rel=stylesheet href="${link("report.css")}">
<script src="${link("common.js")}"></script><script defer src="${link(script)}"></script>
<body class=${script.replace(".js", "")}>
${body}
</html>
`;
}

/** The keys that a page knows. */
export function keysHelp(keys: readonly (readonly [keys: string, what: string])[]): string {
  const items = keys.map(([names, what]) => {
    const caps = names.split(" ").map((name) => `<kbd>${html(name)}</kbd>`);
    return `<span>${caps.join(" ")} ${html(what)}</span>`;
  });
  return `<p class=keys>${items.join(" ")}</p>`;
}
