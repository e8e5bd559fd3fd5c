import fc from "fast-check";
import jsTokens from "js-tokens";
import { expect, test } from "vitest";
import { codeRows } from "../../../src/report/html/codeRows.js";
import { isTypeScript, typeScriptColors } from "../../../src/report/html/typeScriptColors.js";
import type { Miss } from "../../../src/report/misses/miss.js";
import { sourceText } from "../../../src/report/misses/sourceText.js";
import { runsOf } from "../../support/runs.js";

/** The parts of a text that have a colour, each behind its letter. */
function colored(text: string): string {
  return typeScriptColors(text, () => jsTokens)
    .map(({ start, end, color }) => `${color} ${text.slice(start, end)}`)
    .join(", ");
}

test.for<[text: string, expected: string]>([
  ["const a = 1_000n; // one", "k const, d 1_000n, c // one"],
  ["export function take<T>(this: void, from: T): T[]", "k export, k function, k this, k void"],
  ["let x = a?.delete(b.type, undefined)", "k let, f delete, l undefined"],
  ["type type = { type: string; readonly if?: null }", "k type, k readonly, k if, l null"],
  ["for (const each of list as const) async();", "k for, k const, k of, k as, k const, f async"],
  ["interface A extends B { get x(): number }", "k interface, k extends, k get, f x"],
  [`\`a \${b + \`\${c}\`} d\` / 2`, `s \`a \${, s \`\${, s }\`, s } d\`, d 2`],
  ["x = y / z / w; m = /[/]'\"/g.test('a\\'b')", "s /[/]'\"/g, f test, s 'a\\'b'"],
  ['import { from } from "a"', 'k import, k from, s "a"'],
  ["/* a\n * b */ #!no\nclass A { #p() {} }", "c /* a\n * b */, k class, f #p"],
  ["@sealed() abstract class A {}", "f sealed, k abstract, k class"],
  ['const open = "never closed', 'k const, s "never closed'],
  ["", ""],
])("the colours of %j", ([text, expected]) => {
  expect(colored(text)).toBe(expected);
});

test.for([
  ["a.ts", true],
  ["a.d.ts", true],
  ["a.tsx", true],
  ["a.mjs", true],
  ["a.lua", false],
  ["a.tl", false],
  ["ts", false],
] as const)("%s is TypeScript: %s", ([name, expected]) => {
  expect(isTypeScript(`/src/${name}`)).toBe(expected);
});

const snippets = fc.constantFrom(
  ...[
    "const ",
    "`",
    "${",
    "}",
    "/",
    "*",
    "//",
    "/*",
    "*/",
    "\n",
    "\r\n",
    "'",
    '"',
    "\\",
    "<div>",
    "=>",
    "…",
    "𝒳",
    "\u0000",
  ],
);
const texts = fc.array(fc.oneof(snippets, fc.string())).map((parts) => parts.join(""));

test("in any text colours come one after the other, and a mark is where it is without them", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), (written, from, length) => {
      const colors = typeScriptColors(written, () => jsTokens);
      let last = 0;
      for (const { start, end } of colors) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
      }
      expect(last).toBeLessThanOrEqual(written.length);
      const text = sourceText(written);
      const start = from % (written.length + 1);
      const end = Math.min(written.length, start + (length % 20));
      const misses: Miss[] = [{ kind: "operand", line: 1, isDead: false, start, end, words: "never" }];
      const marked = (all: typeof colors) => codeRows({ text, colored: all, misses, hits: {} });
      const withoutColors = ({ rows, places }: ReturnType<typeof marked>) => [
        rows
          .replaceAll(/<span class=\w>|<\/span>/g, "")
          .replaceAll("&#39;", "'")
          .replaceAll("&quot;", '"'),
        places,
      ];
      expect(withoutColors(marked(colors))).toEqual(withoutColors(marked([])));
    }),
    { numRuns: runsOf(300) },
  );
});
