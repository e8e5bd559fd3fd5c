import { isUtf8 } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeName, encodeName, isEscaped, pathOf } from "../../src/files/names.js";
import { printable, visible, visibleName } from "../../src/files/visible.js";

const byte = fc.oneof(
  fc.integer({ min: 0, max: 255 }),
  fc.constantFrom(0x41, 0x80, 0xbf, 0xc3, 0xe2, 0xed, 0xf0, 0xa0),
);
const bytes = fc.array(byte, { maxLength: 12 }).map((each) => Buffer.from(each));

test("a name comes back from text, JSON included, whatever its bytes are", () => {
  fc.assert(
    fc.property(bytes, (name) => {
      const text = decodeName(name);
      expect(encodeName(text)).toEqual(name);
      expect(encodeName(JSON.parse(JSON.stringify(text)))).toEqual(name);
      expect(isEscaped(text)).toBe(!isUtf8(name));
    }),
    { numRuns: 2000 },
  );
});

test("what is UTF-8 is that text, and Node's own for a path", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(decodeName(Buffer.from(text))).toBe(text);
      expect(pathOf(text)).toBe(text);
    }),
  );
});

// As Python's os.fsdecode has them.
test.for([
  [[0x6c, 0xe9], "l\udce9"],
  [[0xc3, 0xa9], "é"],
  [[0xc3], "\udcc3"],
  [[0xed, 0xa0, 0x80], "\udced\udca0\udc80"],
  [[0xf0, 0x9f, 0x8e], "\udcf0\udc9f\udc8e"],
  [[0xc0, 0xaf], "\udcc0\udcaf"],
  [[0xf4, 0x90, 0x80, 0x80], "\udcf4\udc90\udc80\udc80"],
  [[0xe2, 0x82, 0xac, 0xff, 0x41], "€\udcffA"],
] as const)("the bytes %j are the text %j", ([given, text]) => {
  expect(decodeName(Uint8Array.from(given))).toBe(text);
});

test("shown names are one line without control characters, and different ones stay different", () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      const [one, other] = [visibleName(decodeName(a)), visibleName(decodeName(b))];
      expect(one).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect(one === other && needsEscape(a) === needsEscape(b)).toBe(a.equals(b));
    }),
    { numRuns: 2000 },
  );
});

function needsEscape(name: Buffer): boolean {
  const text = decodeName(name);
  return visibleName(text) !== text;
}

test.for([
  ["src/a b&<c>.lua", "src/a b&<c>.lua"],
  ["a\\b.lua", "a\\b.lua"],
  ["a\\b/c\n.lua", "a\\b/c\\n.lua"],
  ["c\\n\n.lua", "c\\\\n\\n.lua"],
  ["\u001b[31mx\u009b", "\\x1b[31mx\\u{9b}"],
  ["l\udce9", "l\\xe9"],
  ["::error::x", "\\x3a:error::x"],
  ["a:b/##[group]", "a:b/\\x23#[group]"],
  ["\u202etxt", "\\u{202e}txt"],
] as const)("the name %j is shown as %s", ([name, shown]) => {
  expect(visibleName(name)).toBe(shown);
});

test("colours are left out of texts, which may have several lines where they are printed", () => {
  expect(visible("\u001b[31mred\u001b[0m\n\udce9")).toBe("red\\n\\xe9");
  expect(printable("\u001b[31mred\u001b[0m\r\n\ttab\u0007")).toBe("red\n\ttab\\x07");
});
