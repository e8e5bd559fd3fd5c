import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { totalsOf, wholeOf } from "../../profile/tree.js";
import type { Profile } from "../../types.js";
import { html } from "../html/escape.js";
import { headingOf } from "./heading.js";
import { nameOf, placeOf } from "./names.js";
import { withShortStacks } from "./stacks.js";

/** What the page draws: `page/flameGraph.js` reads it. Of nodes there is a list for each of their properties. */
interface FlameData {
  readonly whole: number;
  /** Files are numbers; null for none. */
  readonly functions: readonly {
    readonly name: string;
    readonly place: string;
    readonly file: number | null;
  }[];
  readonly fn: readonly number[];
  readonly parent: readonly number[];
  readonly self: readonly number[];
  readonly total: readonly number[];
  readonly calls: readonly (number | null)[];
}

/** A page with all calls of a profile, each as wide as its time. It is one file, and needs nothing from elsewhere. */
export function flameGraph(profile: Profile, root: string): string {
  const [script, style] = [asset("flameGraph.js"), asset("flameGraph.css")];
  const policy = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return `<!doctype html><html lang=en><meta charset=utf-8>
<meta http-equiv=Content-Security-Policy content="${policy.join("; ")}">
<meta name=viewport content="width=device-width, initial-scale=1"><meta name=color-scheme content="light dark">
<title>Profile</title><style>${style}</style>
<body class=profile>
<header><h1>Profile</h1><p>${html(headingOf(profile))}</p>
<nav><input id=search type=search placeholder="Search functions and files" aria-label="Search functions and files">
<button id=reset type=button>Reset zoom</button> <button id=theme type=button>Light or dark</button>
<output id=found></output></nav></header>
<main id=graph></main>
<footer><output id=details></output>
<p>Colours stand for files. Click to zoom. <kbd>/</kbd> search <kbd>Esc</kbd> reset <kbd>t</kbd> light or dark</p></footer>
<script type="application/json" id=profile>${inScript(dataOf(withShortStacks(profile), root))}</script>
<script>${script}</script>
</html>
`;
}

function dataOf(profile: Profile, root: string): FlameData {
  const { functions, nodes } = profile;
  const files = [...new Set(functions.flatMap(({ file }) => file ?? []))];
  const numberOf = new Map(files.map((file, index) => [file, index]));
  return {
    whole: wholeOf(profile),
    functions: functions.map((fn) => {
      return { name: nameOf(fn), place: placeOf(fn, root), file: numberOf.get(fn.file ?? "") ?? null };
    }),
    fn: nodes.map(({ fn }) => fn),
    parent: nodes.map(({ parent }) => parent),
    self: nodes.map(({ self }) => self),
    total: [...totalsOf(profile)],
    calls: nodes.map(({ calls }) => calls),
  };
}

/** JSON in an element of HTML, which nothing in it can end. */
function inScript(data: FlameData): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** What the build has made of `page/`. */
function asset(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
}

/** Lets run this text and no other one. */
function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
