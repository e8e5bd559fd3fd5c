// What the sidebar shows, in its order: a page that is in docs and not in here is one that a test names.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const docs = path.resolve(import.meta.dirname, "..");

/** Pages by their path in docs, without ".md". Those that are not written yet have their place. */
export const rooms = [
  {
    title: "Guide",
    pages: [
      "first-run",
      "first-steps",
      "guide/configuration",
      "guide/projects",
      "guide/what-is-measured",
      "guide/reports",
      "guide/thresholds",
      "guide/the-change",
      "guide/again-and-in-part",
      "guide/limits",
      "tests-by-line",
      "mutation",
      "run-what-changed",
    ],
  },
  { title: "Coming from", pages: ["from-luacov", "from-busted"] },
  { title: "Tests", pages: ["tests/specs", "tests/luaunit", "tests/framework", "tests/results"] },
  {
    title: "Engines",
    pages: [
      "engines/embedded",
      "engines/native",
      "engines/any-command",
      "engines/neovim",
      "engines/nginx",
      "engines/hosts",
    ],
  },
  { title: "Tools", pages: ["tools/debugger", "tools/profiler", "tools/trace"] },
  {
    title: "CI",
    pages: [
      "ci/github",
      "ci/gitlab",
      "ci/jenkins",
      "ci/bitbucket",
      "ci/codecov",
      "ci/coveralls",
      "ci/many-machines",
      "ci/nyc",
    ],
  },
  { title: "Editors", pages: ["editors"] },
  {
    title: "Reference",
    pages: ["reference/options", "reference/commands", "reference/exit-codes", "reference/library"],
  },
  {
    title: "Background",
    pages: ["how-measuring-works", "troubleshooting", "benchmarks", "platforms"],
  },
];

/** The rooms as VitePress wants them. */
export function sidebar() {
  return rooms.map(({ title, pages }) => ({
    text: title,
    items: pages
      .filter((page) => existsSync(fileOf(page)))
      .map((page) => ({ text: headingOf(page), link: `/${page}` })),
  }));
}

const fileOf = (page) => path.join(docs, `${page}.md`);

function headingOf(page) {
  const [, heading = page] = /^# (.*)$/m.exec(readFileSync(fileOf(page), "utf8")) ?? [];
  return heading.replaceAll("`", "");
}
