import { colorsOf } from "../../colors.js";
import { visible } from "../../files/visible.js";
import type { Project } from "../../index.js";
import { counted, someOf } from "../../words.js";
import { wrapped } from "../help/layout.js";
import { version } from "../version.js";

/** A label and what it is about. */
export type FoundRow = readonly [label: string, text: string];

const column = 15;
const width = 80;

/** Rows with a label before the first line of each. */
export function rowsText(rows: readonly FoundRow[]): string {
  const { bold } = colorsOf(process.stdout);
  return rows
    .map(([label, text]) => {
      const lines = wrapped(visible(text), width, " ".repeat(column));
      return `${bold(label.padEnd(column))}${lines.slice(column)}`;
    })
    .join("");
}

export function ownRows(): FoundRow[] {
  return [["luacov-ts", `${version()}, Node ${process.versions.node} on ${process.platform}`]];
}

/** What is here, and what there is of the project. */
export function foundRows(project: Project): FoundRow[] {
  const { found, configuration } = project;
  return [
    ...ownRows(),
    ["Luas", `embedded: fengari (5.3), 5.1 to 5.5; here: ${found.length === 0 ? "none" : found.join(", ")}`],
    ["Project", `${project.root}, ${project.rootReason}`],
    [
      "Configuration",
      configuration.length === 0
        ? "none"
        : configuration.map(({ name, says }) => `${name}: ${says}`).join("; "),
    ],
    ["Tests", testsText(project)],
  ];
}

type Test = Project["tests"][number];

const kindTexts: readonly (readonly [style: Test["style"], text: (count: number) => string])[] = [
  ["spec", (count) => counted(count, "spec")],
  ["luaunit", (count) => `${count} of LuaUnit`],
  ["script", (count) => counted(count, "script")],
  [null, (count) => `${count} unreadable`],
];

function testsText({ tests, luas }: Project): string {
  if (tests.length === 0) return "none";
  const kinds = kindTexts.flatMap(([style, text]) => {
    const count = tests.filter((each) => each.style === style).length;
    return count === 0 ? [] : [text(count)];
  });
  const names = tests.map(({ name }) => name);
  return `${counted(tests.length, "file")} (${kinds.join(", ")}), in ${luas.join(", ")}: ${someOf(names)}`;
}

/** What is to be done, each with its commands below it. */
export function todoText(
  items: readonly { readonly message: string; readonly commands: readonly string[] }[],
): string {
  const { cyan } = colorsOf(process.stdout);
  return items
    .map(({ message, commands }, index) => {
      const number = `${index + 1}. `.padStart(5);
      const text = message.split("\n").map(lineText).join("").slice(5);
      const lines = commands.map((each) => `       ${cyan(visible(each))}\n`);
      return `${number}${text}${lines.join("")}`;
    })
    .join("");
}

/** What is listed has its own lines further in. */
function lineText(line: string): string {
  const text = wrapped(visible(line), line.startsWith("- ") ? width - 2 : width, "     ");
  return line.startsWith("- ") ? text.replace(/^ {5}(?!- )/gm, "       ") : text;
}
