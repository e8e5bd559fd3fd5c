// Remakes the pictures of the pages and the README from real output: node docs/pictures.mjs
// Needs Chromium; its command is CHROMIUM or "chromium".
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(path.join(tmpdir(), "luacov-ts-pictures-"));
const command = 'luacov-ts "examples/*/{test,spec}/*.lua"';

/** As where the system's colours are dark. */
const dark = ["--blink-settings=preferredColorScheme=0"];

/** Calls grow to their width, where nobody says that they are not to. */
const still = ["--force-prefers-reduced-motion", "--virtual-time-budget=3000"];

const colours = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  90: "#8b949e",
};

/** A spec that fails, with the reason in what it tests. */
const failing = {
  "stack.lua": `local Stack = {}
Stack.__index = Stack

function Stack.new()
  return setmetatable({ items = {} }, Stack)
end

function Stack:push(item)
  self.items[#self.items + 1] = item
end

function Stack:pop()
  local item = self.items[#self.items]
  self.items[#self.items - 1] = nil
  return item
end

return Stack
`,
  "spec/stack_spec.lua": `local Stack = require "stack"

describe("a stack", function()
  it("gives back the last item first", function()
    local stack = Stack.new()
    stack:push("first")
    stack:push("second")
    assert.equal("second", stack:pop())
    assert.equal("first", stack:pop())
  end)
end)
`,
};

try {
  const output = runExamples();
  terminalPicture(command, output, "terminal.png");
  terminalPicture("luacov-ts debug --break-on-failure spec", debugFailure(), "debugger.png");
  const pages = pathToFileURL(path.join(root, "coverage/html/")).href;
  const source = new URL("examples/shipping/src/shipping.lua.html", pages).href;
  screenshot(source, "html-report.png", 1200, 960);
  screenshot(source, "html-report-narrow.png", 420, 860, dark);
  screenshot(new URL("index.html", pages).href, "html-index.png", 780, 540, dark);
  profileExamples();
  screenshot(pathToFileURL(path.join(scratch, "profile.html")).href, "flame-graph.png", 1200, 420, still);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The coloured output of the main job; its HTML report is in coverage/. */
function runExamples() {
  const env = { ...process.env, FORCE_COLOR: "1" };
  const args = ["bin/luacov-ts.js", "examples/*/{test,spec}/*.lua"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`the examples fail:\n${stdout}${stderr}`);
  return stdout;
}

/** Where the time of the examples goes, as a flame graph. */
function profileExamples() {
  const options = ["--lua", "5.4", "--profile-mode", "exact", "--profile-reporter", "flamegraph"];
  const folders = ["--report-dir", scratch, "--temp-dir", path.join(scratch, "temp")];
  const args = ["bin/luacov-ts.js", "profile", ...options, ...folders, "examples/*/{test,spec}/*.lua"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`the examples fail: ${stderr}`);
}

/** A session at a failing assertion, up to where the program goes on. */
function debugFailure() {
  const cwd = path.join(scratch, "stack");
  mkdirSync(path.join(cwd, "spec"), { recursive: true });
  for (const [name, text] of Object.entries(failing)) writeFileSync(path.join(cwd, name), text);
  const args = [path.join(root, "bin/luacov-ts.js"), "debug", "--break-on-failure", "spec"];
  const input =
    'l\np stack.items\nstack.items = { "first" }\np stack:pop(), #stack.items\nb stack.lua:14\nc\n';
  const env = { ...process.env, FORCE_COLOR: "1" };
  const { stdout } = spawnSync(process.execPath, args, { cwd, env, input, encoding: "utf8" });
  return stdout.slice(0, stdout.indexOf("debug> c\n") + "debug> c\n".length);
}

/** A command and its output, as a terminal shows them. */
function terminalPicture(typed, output, name) {
  const page = path.join(scratch, "terminal.html");
  writeFileSync(page, terminalPage(typed, output));
  const lines = output.trimEnd().split("\n").length + 1;
  screenshot(pathToFileURL(page).href, name, 720, lines * 19 + 32);
}

function terminalPage(typed, output) {
  const style = `body { margin: 0; padding: 16px; background: #0d1117; color: #e6edf3;
    font: 14px/19px "DejaVu Sans Mono", monospace; } pre { margin: 0; font: inherit; }`;
  const text = `<span style="color: ${colours[90]}">$</span> ${escaped(typed)}\n${toHtml(output)}`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><pre>${text}</pre>`;
}

/** Each escape sequence sets the style of the text up to the next one. */
function toHtml(output) {
  const [start = "", ...styled] = output.split("\u001b[");
  const spans = styled.map((piece) => {
    const end = piece.indexOf("m");
    return `<span style="${styleOf(piece.slice(0, end).split(";"))}">${escaped(piece.slice(end + 1))}</span>`;
  });
  return escaped(start) + spans.join("");
}

function styleOf(codes) {
  return codes.map(declaration).join(";");
}

function declaration(code) {
  if (code === "1") return "font-weight: bold";
  if (code === "2") return `color: ${colours[90]}`;
  return code in colours ? `color: ${colours[code]}` : "";
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function screenshot(url, name, width, height, flags = []) {
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    ...flags,
    `--user-data-dir=${path.join(scratch, "profile")}`,
    `--window-size=${width},${height}`,
    `--screenshot=${path.join(root, "docs/pictures", name)}`,
    url,
  ];
  const chromium = process.env.CHROMIUM ?? "chromium";
  const { status, error, stderr } = spawnSync(chromium, args, { encoding: "utf8", timeout: 60_000 });
  if (status !== 0) throw error ?? new Error(`${chromium} failed:\n${stderr}`);
}
