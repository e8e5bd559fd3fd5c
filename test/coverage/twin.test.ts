import { readFileSync } from "node:fs";
import path from "node:path";
import fastGlob from "fast-glob";
import { expect, test } from "vitest";
import { makeTwin } from "../../src/coverage/bytecode/twin.js";
import { withLines } from "../../src/engine/fengari/chunks/chunk.js";
import { compile } from "../../src/engine/fengari/chunks/compile.js";
import { parse } from "../../src/source/syntax.js";

const root = path.join(import.meta.dirname, "../..");

/** The shape of a text as it is compiled, and as its twin gives it. */
function shapesOf(text: Uint8Array) {
  const parsed = parse(text, "5.3");
  if (!parsed.ok) throw new Error(parsed.message);
  const twin = makeTwin(text, parsed.syntax.tokens);
  const [original, compiled] = [compile(text, "text"), compile(twin.text, "twin")];
  if (!original.ok || !compiled.ok) throw new Error("does not compile");
  const chunk = withLines(compiled.chunk, (line) => twin.originalLines[line] ?? 0);
  return { original: original.chunk.shape, byTwin: chunk.shape };
}

test.for<[what: string, text: string]>([
  ["nothing", ""],
  ["a comment", "-- x\n"],
  ["a line for the shell", "#!/usr/bin/lua\nreturn 1"],
  ["a byte order mark", "\ufeffreturn 1"],
  ["strings of several lines", 'x = [[\na\n\nb]] y = f "a\\\nb" .. [==[\n]==]\nreturn z'],
  ["newlines of two characters", "x = [[\r\na\n\rb]]\r\n\r\ny = 1\n\rz = 2\r\r\nreturn x"],
  ["calls over lines", "f\n(\n1\n,\n2\n)\n:g\n{\n}\n.\nx\n=\ny"],
  ["keys, for which Lua looks ahead", "return {\na\n=\n1\n,\nb\n,\n[\nc\n]\n=\n[[\n]]\n}"],
  ["functions", "local\nfunction\nf\n(\n...\n)\nend\nfunction\na\n.\nb\n:\nc\n()\nreturn\nend"],
  [
    "loops",
    "for\ni\n=\n1\n,\n2\ndo\nend\nfor\nk\nin\nf\n(\n)\ndo\nbreak\nend\nrepeat\nuntil\nx\n<\ny\nwhile\nx\ndo\nend",
  ],
  ["conditions", "if\na\nand\nnot\nb\nor\nc\n==\nd\nthen\nx\n=\na\nor\n(\nb\n..\nc\n..\nd\n)\nelse\nend"],
  ["jumps", "goto\na\n;\n::\na\n::\nreturn\n-\nx\n^\n2"],
])("the twin tells which lines a text compiles to: %s", ([, text]) => {
  const { original, byTwin } = shapesOf(Buffer.from(text));
  expect(byTwin).toBe(original);
});

test("the twin tells which lines Lua of all kinds compiles to", () => {
  const files = fastGlob.sync(["src/lua/**/*.lua", "examples/**/*.lua", "bench/**/*.lua"], { cwd: root });
  const different = files.filter((file) => {
    const { original, byTwin } = shapesOf(readFileSync(path.join(root, file)));
    return original !== byTwin;
  });
  expect(files.length).toBeGreaterThan(50);
  expect(different).toEqual([]);
});
