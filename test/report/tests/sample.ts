import { fileEvents, type Happening, result, runEvents, script, written } from "./events.js";

export const luassertMessage = `spec/cart_spec.lua:12: Expected objects to be the same.
Passed in:
(table: 0x1) {
  [name] = 'pear'
 *[price] = 3
  [size] = 2 }
Expected:
(table: 0x2) {
  [name] = 'pear'
 *[price] = 4
  [size] = 2 }`;

const excerpt = `  11 |   it("adds up", function()
> 12 |     assert.are.same(four, three)
  13 |   end)`;

const traceback = "stack traceback:\n\tspec/cart_spec.lua:12: in function <spec/cart_spec.lua:11>";

/** A spec file with a result of every kind, and what it writes in between. */
export const cart: readonly Happening[] = [
  result({ names: ["a cart", "is empty"] }),
  "two lines\nwithout an end",
  result({
    names: ["a cart", "with an item", "adds up"],
    status: "failure",
    duration: 812,
    message: luassertMessage,
    traceback,
    place: { file: "spec/cart_spec.lua", line: 11 },
    failedAt: { file: "spec/cart_spec.lua", line: 12 },
    excerpt,
  }),
  written("stderr", "a warning\n"),
  result({ names: ["a cart", "with an item", "is kept"], attempts: 3, duration: 60 }),
  result({ names: ["a cart", "can be emptied"], status: "pending", message: "not yet" }),
  result({
    names: ["a cart", "teardown"],
    descriptor: "strict_teardown",
    status: "error",
    message: "attempt to call a nil value (global 'close')",
    failedAt: { file: "spec/cart_spec.lua", line: 30 },
    place: null,
    excerpt: "> 30 |   close()",
  }),
];

export const oneFile = runEvents([fileEvents("spec/cart_spec.lua", cart)]);

export const severalFiles = runEvents(
  [
    fileEvents("spec/list_spec.lua", [result({ names: ["a list", "sorts"] }), result({ names: ["b"] })]),
    fileEvents("spec/cart_spec.lua", cart),
    fileEvents("spec/cart_spec.lua", [result({ names: ["a cart", "is empty"] })], 2),
    fileEvents("test/plain.lua", ["hello\n", script("test/plain.lua")]),
    fileEvents("test/broken.lua", [
      script("test/broken.lua", {
        status: "error",
        message: "test/broken.lua:2: boom",
        traceback: "stack traceback:\n\ttest/broken.lua:2: in main chunk",
        failedAt: { file: "test/broken.lua", line: 2 },
        excerpt: '  1 | local x\n> 2 | error "boom"',
      }),
    ]),
    fileEvents("spec/none_spec.lua", []),
  ],
  { seed: 42, rounds: 2 },
);

/** Texts that some format could take for something else. */
export const odd = runEvents([
  fileEvents('spec/odd # "file" & <more>_spec.lua', [
    written("stdout", Uint8Array.of(0x66, 0xfc, 0x0a, 0x00, 0x1b, 0x5b, 0x33, 0x31, 0x6d, 0xe2)),
    written("stdout", Uint8Array.of(0x9c, 0x94)),
    "\n# Subtest: x\nok 1\nBail out!\n]]>\r\n",
    result({ names: ["line\nbreak\r\n\ttab", "\u001b[31mred\u001b[0m \u0000 \u0007 \u009b \ufffe"] }),
    result({
      names: ["# SKIP \\ # TODO \\#", "]]> <b>&amp;</b> \"quoted\" 'single'", "::error::x,y:z 100%"],
    }),
    result({ names: ["", ""], status: "pending", message: "first # line\nsecond, 50% : done" }),
    result({
      names: ["é ü 漢 😀"],
      status: "failure",
      message: "---\n...\n  ...\n\u001b[1mbold\u001b[0m \u0001]]>&<\n\ttab\r\nend\n",
      traceback: "...",
    }),
    result({ names: [], descriptor: "file", status: "error", message: "x".repeat(300), place: null }),
  ]),
]);

export const interrupted = runEvents(
  [fileEvents("test/a.lua", [script("test/a.lua", { status: "error", message: "interrupted" })])],
  { interrupted: true },
);

export const nothing = runEvents([]);

export const bailedOut = runEvents(
  [fileEvents("test/a.lua", [script("test/a.lua", { status: "failure", message: "no" })])],
  { notRun: 2 },
);
