import { execFileSync } from "node:child_process";
import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import { dotGraph } from "../../../src/report/profile/dot.js";
import { drawn } from "../../../src/report/profile/svg.js";
import { lua, other, profileOf } from "../../support/profiles.js";
import { testWith, toolPath } from "../../support/tools.js";

const main = other("main", null, "/p/main.lua");
const parse = lua("parse", "/p/src/parser.lua", 12, 40);
const nasty = lua(`\\N "<b>" &lt; {a|b}\n\\`, '/p/it\'s "&amp;".lua', 3);
const small = lua("small", "/p/small.lua", 1);
const known = profileOf([
  [
    main,
    100,
    {},
    [
      [
        parse,
        700,
        { calls: 3 },
        [
          [nasty, 198, { calls: null }],
          [parse, 1],
        ],
      ],
      [small, 1, {}, []],
    ],
  ],
]);

test("functions are nodes and calls are edges, with their times, and what is small is left out", () => {
  const lines = dotGraph(known, "/p").split("\n");
  expect(lines.find((line) => line.includes("graph ["))).toContain(
    'label="Each call measured: 1.00 ms in all\\n1 function below 0.5 % left out"',
  );
  const labels = lines.flatMap((line) => /^ {2}(f\d.*) \[label="(.*?[^\\])"/.exec(line)?.slice(1) ?? []);
  expect(labels).toEqual([
    ...["f0", "(main chunk)\\nmain.lua\\n100.0 % (1.00 ms)\\nself 10.0 % (100 µs)"],
    ...["f1", "parse\\nsrc/parser.lua:12\\n89.9 % (899 µs)\\nself 70.1 % (701 µs)"],
    ...["f2", expect.stringContaining("self 19.8 % (198 µs)")],
    ...["f0 -> f1", "899 µs\\n3×"],
    ...["f1 -> f2", "198 µs"],
    ...["f1 -> f1", "1 µs\\n1×"],
  ]);
});

test("the hotter, the redder and the wider", () => {
  const graph = dotGraph(known, "/p");
  const number = (pattern: RegExp) => Number(pattern.exec(graph)?.[1]);
  expect(number(/f1 \[.*fillcolor="([\d.]+)/)).toBeLessThan(number(/f0 \[.*fillcolor="([\d.]+)/));
  expect(number(/f0 -> f1 .*penwidth=([\d.]+)/)).toBeGreaterThan(number(/f1 -> f2 .*penwidth=([\d.]+)/));
});

test("a profile of nothing is a graph of nothing", () => {
  expect(dotGraph(profileOf([]), "/p")).not.toContain("->");
});

testWith("dot")("Graphviz reads names as they are", () => {
  const json = execFileSync(toolPath("dot"), ["-Tjson"], { input: dotGraph(known, "/p"), encoding: "utf8" });
  const { objects, edges } = JSON.parse(json);
  expect(objects).toHaveLength(3);
  expect(edges).toHaveLength(3);
});

testWith("dot")("and draws them", () => {
  const svg = drawn(dotGraph(known, "/p")).toString("utf8");
  const root = new XMLParser({ ignoreAttributes: false }).parse(svg);
  expect(root.svg.g.g).toHaveLength(6);
  const texts = svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g);
  const shown = Array.from(texts, ([, text = ""]) => text.replaceAll("&#160;", " ").replaceAll("&#45;", "-"));
  expect(shown).toContain("\\N &quot;&lt;b&gt;&quot; &amp;lt; {a|b}\\n\\");
  expect(shown).toContain("it&#39;s &quot;&amp;amp;&quot;.lua:3");
});

test("where there is no dot, a sentence says what there is instead", () => {
  const { PATH } = process.env;
  process.env.PATH = "/nowhere";
  try {
    expect(() => drawn("digraph {}")).toThrow(
      "The profile reporter svg draws with dot, of Graphviz: there is no such command; install it, or take the reporter dot or flamegraph",
    );
  } finally {
    process.env.PATH = PATH;
  }
});

testWith("dot")("what dot says is told", () => {
  expect(() => drawn("graph {")).toThrow(
    /draws with dot, of Graphviz: it said "Error: .*syntax error.*"; install/,
  );
});
