// The reference of the library, from the types that the package has: what dist/index.d.ts exports, with its docstrings.
import { readFileSync } from "node:fs";
import path from "node:path";

const dist = path.resolve(import.meta.dirname, "../../dist");

/** A name that the package exports, as `name`, and what it is called where it is declared. */
export function exportedNames() {
  const index = readFileSync(path.join(dist, "index.d.ts"), "utf8");
  return Array.from(index.matchAll(/^export (?:type )?\{([^}]*)\} from "([^"]+)";$/gm)).flatMap(
    ([, list, from]) =>
      list.split(",").flatMap((each) => {
        const [declared, name = declared] = each
          .trim()
          .replace(/^type /, "")
          .split(" as ");
        return declared === "" ? [] : [{ name, declared, from: path.join(dist, from) }];
      }),
  );
}

export function libraryReference() {
  const all = exportedNames().map(documented);
  const functions = all.filter(({ code }) => /^(async )?function /.test(code));
  const others = all.filter((each) => !functions.includes(each));
  return [section("Functions", functions), section("Types and values", others)].join("\n\n");
}

function section(title, entries) {
  const sorted = entries.toSorted((a, b) => a.name.localeCompare(b.name, "en"));
  return [`## ${title}`, ...sorted.map(entry)].join("\n\n");
}

function entry({ name, comment, code }) {
  return [`### \`${name}\``, ...(comment === "" ? [] : [comment]), `\`\`\`ts\n${code}\n\`\`\``].join("\n\n");
}

/** Where a name is declared, be it in a module or in one that this exports from. */
function declarationOf(name, module) {
  const text = readFileSync(module.replace(/\.js$/, ".d.ts"), "utf8");
  const found = statementsOf(text).find(({ code }) => declares(code, name));
  if (found !== undefined) return found;
  for (const [, list, from] of text.matchAll(/^export (?:type )?(\{[^}]*\}|\*) from "([^"]+)";$/gm)) {
    if (list !== "*" && !new RegExp(`\\b${name}\\b`).test(list)) continue;
    const further = declarationOf(name, path.join(path.dirname(module), from));
    if (further !== null) return further;
  }
  return null;
}

/** As a reader of the package sees it, by the name that it has there. */
function documented({ name, declared, from }) {
  const found = declarationOf(declared, from);
  if (found === null)
    throw new Error(`${declared} of ${from}, which the package exports, is declared nowhere`);
  const code = found.code.replace(/^export (?:declare )?/, "").replace(new RegExp(`\\b${declared}\\b`), name);
  return { name, comment: found.comment, code };
}

/** The compiler begins each statement of a module in the first column, and ends what is in braces there. */
function statementsOf(text) {
  const statements = text.matchAll(
    /((?:^\/\*\*(?:[^*]|\*(?!\/))*\*\/\n)?)^((?:export|declare) [^\n]*(?:\n(?:[ \t}\])|&?:'"`<].*|$(?!\n(?:export|declare|\/\*\*))))*)/gm,
  );
  return Array.from(statements, ([, comment, code]) => ({
    comment: commentText(comment),
    code: code.trimEnd(),
  }));
}

const declares = (code, name) =>
  new RegExp(`^export (?:declare )?(?:async )?(?:function|const|class|interface|type) ${name}\\b`).test(code);

function commentText(comment) {
  const lines = comment
    .trim()
    .split("\n")
    .map((line) => line.replace(/^\s*(?:\/\*\*|\*\/|\*)?\s?/, "").replace(/\s*\*\/$/, ""));
  return lines.join("\n").trim().replaceAll("<", "\\<");
}
