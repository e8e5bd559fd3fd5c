// Makes build, the modules one by one, which tests and benchmarks import; and of them dist, which is the package: node build.mjs
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { toJsonSchema } from "@valibot/to-json-schema";
import { rolldown } from "rolldown";
import * as v from "valibot";

/** What fengari, which compiles slowly, does not load of our Lua: its debugger has the hooks of other Luas. */
const forOtherLuas = /^(native|wasm|agent\/(?!hooks\/|libraries\.))/;

/** What is started by its address; each has in its file in dist all that it loads. */
const threads = [
  "harness/run/embedded/worker",
  "harness/run/embedded/wasm/worker",
  "analysis/thread",
  "probing/thread",
  "report/tests/custom/customThread",
  "engine/native/jobs/start/launcherProcess",
];
/** Processes that start once or a few times in a run: they share what they load, and take nothing of the command's files apart. */
const processes = ["mutation/run/process", "api/debug/adapterProcess"];
/** What shares a process, each with all that it loads at once: few files are found, read and linked sooner than many. */
const entries = ["cli/start", "index"];

/** A module in a chunk keeps the address that it has in build, from which it finds files of ours. */
const address = /addressOf\("([^"]+)"\)/g;
const ownAddresses = {
  name: "own addresses",
  transform(code, id) {
    const name = path.relative(path.resolve("build"), id).replaceAll(path.sep, "/");
    return { code: code.replaceAll("import.meta.url", `addressOf("${name}")`) };
  },
  renderChunk(code, { fileName }) {
    const relative = (_, name) =>
      `new URL("${path.posix.relative(path.posix.dirname(fileName), name)}", import.meta.url).href`;
    return { code: code.replace(address, relative) };
  },
};

/** Packages of which a part is all that we need: they take twenty times as much with the types of all that they can do. */
const within = { valibot: "node_modules/valibot/dist/index.min.mjs" };
const packagesWithin = {
  name: "packages within",
  resolveId: (id) => (id in within ? path.resolve(within[id]) : null),
};

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
for (const folder of ["build", "dist"]) rmSync(folder, { recursive: true, force: true });
process.exitCode = await compile("-p", "tsconfig.build.json");
for (const each of ["lua", "report/html/assets", "report/html/reporter.cjs", "report/mutation/assets"]) {
  cpSync(path.join("src", each), path.join("build", each), { recursive: true });
}
await compileLua();
joinDebugger();
await writeSchema();
await bundlePage("report/profile/page", "flameGraph", "report/profile/assets");
cpSync("build", "dist", { recursive: true, filter: isForReaders });
await writeTypes();
const modules = [];
await bundle(entries, "js", {
  format: "esm",
  chunkFileNames: "chunks/[name].js",
  codeSplitting: together({
    base: ["files/files", "errors", "cli/version", "config/commands/commandNames", "cli/completion/request"],
    early: ["early"],
    main: ["cli/main", "cli/help/help"],
    index: ["index"],
  }),
});
for (const name of threads)
  await bundle([name], "js", { format: "esm", chunkFileNames: `chunks/${name}/[name].js` });
await bundle(processes, "js", { format: "esm", chunkFileNames: "chunks/processes/[name].js" });
// What requires reporters by name cannot require modules on every Node.
await bundle(["report/html/reporter"], "cjs", { format: "cjs" });
writeLicences("dist", packagesOf(modules));
await writeManPage();
// Whoever starts a thread from a module in build starts that of the package.
for (const name of [...threads, ...processes]) {
  const file = path.posix.relative(path.posix.dirname(`build/${name}`), `dist/${name}.js`);
  writeFileSync(`build/${name}.js`, `import "${file}";\n`);
}

async function compile(...flags) {
  const compiler = fileURLToPath(import.meta.resolve("typescript/package.json"));
  const args = [compiler.replace("package.json", "bin/tsc"), ...flags];
  const [code] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "exit");
  return code ?? 1;
}

/** What it does load, compiled. */
async function compileLua() {
  const { dumpHostChunk } = await import("./build/engine/fengari/bind/bindChunks.js");
  for (const name of readdirSync("build/lua", { recursive: true })) {
    if (!name.endsWith(".lua") || forOtherLuas.test(name.replaceAll(path.sep, "/"))) continue;
    const file = path.join("build/lua", name);
    writeFileSync(`${file}c`, dumpHostChunk(readFileSync(file)));
  }
}

/** What a debugger has in a native program from the start, and all that it needs when that stops (lua/agent/debugging/files.lua). */
function joinDebugger() {
  const names = readdirSync("build/lua", { recursive: true })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => /^(debug\/|agent\/(hooks\/(?!debugging)|libraries)).*\.lua$/.test(name))
    .map((name) => name.slice(0, -".lua".length));
  const atStart = new Set(partsOf("debug/start"));
  const isAtStart = (name) => atStart.has(name) || name.startsWith("agent/hooks/");
  join("build/lua/debug/start.txt", names.filter(isAtStart));
  join(
    "build/lua/debug/whole.txt",
    names.filter((name) => !isAtStart(name)),
  );
}

/** A part of the debugger, and the parts that it asks for, but for all of it. */
function partsOf(name) {
  const text = readFileSync(`build/lua/${name}.lua`, "utf8");
  const asked = [...text.matchAll(/\bpart\(?\s*"([\w/]+)"/g)].map(([, part]) => part);
  return [name, ...asked.filter((part) => part !== "whole").flatMap((part) => partsOf(`debug/${part}`))];
}

function join(file, names) {
  const texts = names.map((name) => readFileSync(`build/lua/${name}.lua`));
  const heads = names.map((name, index) => `${name} ${texts[index].length}\n`);
  writeFileSync(file, Buffer.concat([Buffer.from(`${heads.join("")}\n`), ...texts]));
}

/** The types that a library's user can come to: of all modules they would be a fifth of what an installation takes. */
async function writeTypes() {
  const { optionTable } = await import("./build/config/options/options.js");
  const { optionTypes } = await import("./docs/generate/optionTypes.mjs");
  const options = await optionTypes(optionTable, compile);
  const own = new Map([[path.normalize("build/config/options/options.d.ts"), options]]);
  const textOf = (file) => own.get(file) ?? readFileSync(file, "utf8");
  for (const file of typesOf(path.normalize("build/index.d.ts"), textOf)) {
    const written = path.join("dist", path.relative("build", file));
    mkdirSync(path.dirname(written), { recursive: true });
    writeFileSync(written, textOf(file));
  }
}

/** What editors know of a configuration file of ours. */
async function writeSchema() {
  const { optionKeys, optionTable } = await import("./build/config/options/options.js");
  const entries = optionKeys.map((key) => {
    const { schema, help, fallback } = optionTable[key];
    const { $schema: _, ...described } = toJsonSchema(schema(v), { typeMode: "input", errorMode: "ignore" });
    return [
      key,
      { ...described, description: help, ...(fallback === undefined ? {} : { default: fallback }) },
    ];
  });
  const text = { type: "string" };
  const others = {
    $schema: { ...text, description: "where this schema is" },
    extends: {
      anyOf: [text, { type: "array", items: text }],
      description: "files or modules whose keys count where this file says nothing",
    },
    projects: {
      type: "array",
      items: {
        anyOf: [
          text,
          { type: "object", properties: { name: text }, required: ["name"], additionalProperties: true },
        ],
      },
      description: "folders, and sets of options with a name, by which one run tests",
    },
  };
  const schema = {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Configuration of luacov-ts",
    type: "object",
    properties: { ...others, ...Object.fromEntries(entries) },
    additionalProperties: false,
  };
  writeFileSync("build/schema.json", `${JSON.stringify(schema, null, 2)}\n`);
}

async function writeManPage() {
  const { manPage } = await import("./docs/generate/manPage.mjs");
  const { version } = JSON.parse(readFileSync("package.json", "utf8"));
  writeFileSync("dist/luacov-ts.1", manPage(version));
}

/** What is no module. */
function isForReaders(file) {
  if (statSync(file).isDirectory()) return holds(file);
  return /\.luac?$|[\\/]debug[\\/]\w+\.txt$|[\\/]schema\.json$|[\\/]assets[\\/]/.test(file);
}

function holds(folder) {
  return readdirSync(folder).some((name) => isForReaders(path.join(folder, name)));
}

/** A module's types with all that they name. */
function typesOf(file, textOf, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, name] of textOf(file).matchAll(/\b(?:from |import\()"(\.[^"]+)\.js"/g)) {
    typesOf(path.join(path.dirname(file), `${name}.d.ts`), textOf, found);
  }
  return found;
}

/** Node takes about a millisecond for each module that it loads, of which there are hundreds. */
async function bundle(names, ending, output) {
  const input = Object.fromEntries(names.map((name) => [name, `build/${name}.${ending}`]));
  const external = (id) => !path.isAbsolute(id) && !/^(\.|build\/)/.test(id) && !(id in within);
  const plugins = [ownAddresses, packagesWithin];
  const bundled = await rolldown({ input, external, platform: "node", plugins });
  const written = await bundled.write({ dir: "dist", entryFileNames: `[name].${ending}`, ...output });
  modules.push(...written.output.flatMap(({ moduleIds = [] }) => moduleIds));
}

/** A chunk for each of these lists of modules, with what they import, but for what those before it do. */
function together(lists) {
  const taken = new Set();
  const groups = Object.entries(lists).map(([name, list]) => {
    const files = list.flatMap((each) => [...importedBy(path.resolve("build", `${each}.js`))]);
    const modules = new Set(files.filter((id) => !taken.has(id)));
    for (const id of modules) taken.add(id);
    return { name, test: (id) => modules.has(id) };
  });
  return { groups };
}

/** A module with all that is loaded before it, of ours. */
function importedBy(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const imports = readFileSync(file, "utf8").matchAll(
    /^(?:import|export)\b(?:[^;"=]*\bfrom)? "(\.[^"]+)";/gm,
  );
  for (const [, name] of imports) importedBy(path.resolve(path.dirname(file), name), found);
  return found;
}

/** What a page of ours is made of: its style sheet, and its script with the library that draws, which tells whose it is. */
async function bundlePage(from, name, to) {
  const input = path.join("src", from, `${name}.js`);
  const noStyles = { name: "no styles", load: (id) => (id.endsWith(".css") ? "" : null) };
  const moduleTypes = { ".css": "js" };
  // A page has nothing beside it: what is not found must not be left for later.
  const onLog = (_level, { code, message }) => {
    if (code === "UNRESOLVED_IMPORT") throw new Error(`${message}; npm ci installs it`);
  };
  const bundled = await rolldown({ input, platform: "browser", moduleTypes, plugins: [noStyles], onLog });
  const { output } = await bundled.generate({ format: "iife", minify: true });
  const folder = path.join("build", to);
  mkdirSync(folder, { recursive: true });
  const [{ code, moduleIds }] = output;
  const packages = packagesOf(moduleIds);
  writeFileSync(
    path.join(folder, `${name}.js`),
    `/*! With ${packages.map((each) => each.title).join(", ")} */\n${code}`,
  );
  writeLicences(folder, packages);
  const styles = ["src/report/html/assets/theme.css", path.join("src", from, `${name}.css`)];
  writeFileSync(
    path.join(folder, `${name}.css`),
    styles.map((file) => readFileSync(file, "utf8")).join("\n"),
  );
}

function writeLicences(folder, packages) {
  const texts = packages.map(({ title, text }) => `${title}\n\n${text}`);
  writeFileSync(path.join(folder, "LICENSES.txt"), texts.join("\n\n"));
}

/** The packages that modules are from, with their licences. */
function packagesOf(ids) {
  const folders = new Set(ids.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
    const title = `${name} ${version} (${license})`;
    const file = readdirSync(folder).find((each) => /^licen[cs]e(\.|$)/i.test(each));
    return { title, text: readFileSync(path.join(folder, file), "utf8") };
  });
}
