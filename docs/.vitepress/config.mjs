// The site of docs: `npm run docs` builds it into site, which asks nothing of any other machine.
import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitepress";
import { fileNames, linksToRepository } from "./markdown.mjs";
import { sidebar } from "./navigation.mjs";

const root = path.resolve(import.meta.dirname, "../..");
/** Files of the repository that pages link to, by their paths in it. */
const linked = new Set();

export default defineConfig({
  title: "luacov-ts",
  description: "Runs Lua tests and says what they cover",
  lang: "en",
  outDir: "../site",
  cacheDir: "../node_modules/.cache/vitepress",
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: {
    theme: { light: "github-light-high-contrast", dark: "github-dark" },
    config: (markdown) => {
      fileNames(markdown);
      linksToRepository(markdown, linked);
    },
  },
  themeConfig: {
    search: { provider: "local", options: { detailedView: true } },
    nav: [
      { text: "Guide", link: "/first-run" },
      { text: "Options", link: "/reference/options" },
      { text: "Troubleshooting", link: "/troubleshooting" },
    ],
    sidebar: sidebar(),
    outline: { level: [2, 3] },
    externalLinkIcon: true,
  },
  buildEnd: ({ outDir }) => {
    for (const file of linked) {
      const copy = path.join(outDir, "files", file);
      mkdirSync(path.dirname(copy), { recursive: true });
      cpSync(path.join(root, file), copy);
    }
  },
});
