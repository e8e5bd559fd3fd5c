import { html } from "./escape.js";
import { linkTo } from "./pageNames.js";

/** What stands at the start of every page of ours, and of none of anybody else's. */
export const pageMark = '<!doctype html><html lang=en><meta name=generator content="luacov-ts html-lua">';

/** What the pages of a kind have of their own: a style sheet and a script, beside those of all pages. */
export type PageKind = "index" | "source" | "mutants";

/** The files of the report that are no pages. */
export const assets = [
  "theme.css",
  ...["common", "index", "source"].flatMap((name) => [`${name}.css`, `${name}.js`]),
];

/** Nothing but our own files, whatever the page says: a browser does not count a file beside it as its own everywhere. */
const policy = [
  "default-src 'none'",
  "script-src 'self' file:",
  "style-src 'self' file:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A page of a kind with a title and a body of markup. */
export function framed(page: string, title: string, kind: PageKind, body: string): string {
  const link = (asset: string) => linkTo(page, asset);
  const styles = ["theme", "common", kind].map(
    (name) => `<link rel=stylesheet href="${link(`${name}.css`)}">`,
  );
  return `${pageMark}<meta charset=utf-8><meta http-equiv=Content-Security-Policy content="${policy}">
<meta name=viewport content="width=device-width, initial-scale=1"><meta name=color-scheme content="light dark">
<title>${html(title)}</title>${styles.join("")}
<script src="${link("common.js")}"></script><script defer src="${link(`${kind}.js`)}"></script>
<body class=${kind}>
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
