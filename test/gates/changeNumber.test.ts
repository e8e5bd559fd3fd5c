import fc from "fast-check";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { changeNumber } from "../../src/gates/changeNumber.js";

test.for([
  [
    "JSON with tabs",
    '{\n\t"all": true,\n\t"lines":\t80\n}',
    ["lines"],
    '{\n\t"all": true,\n\t"lines":\t99.5\n}',
  ],
  ["JSON with CRLF", '{\r\n  "lines": 80\r\n}\r\n', ["lines"], '{\r\n  "lines": 99.5\r\n}\r\n'],
  ["a byte order mark", '\ufeff{"lines":80}', ["lines"], '\ufeff{"lines":99.5}'],
  ["a key that is there twice", '{"lines":1,"lines":80}', ["lines"], '{"lines":1,"lines":99.5}'],
  ["package.json", '{"lines":80,"nyc":{"lines":80}}', ["nyc", "lines"], '{"lines":80,"nyc":{"lines":99.5}}'],
  [
    "YAML with comments",
    "# first\nlines:   80   # why\n\n\nx: [ 1,2 ]",
    ["lines"],
    "# first\nlines:   99.5   # why\n\n\nx: [ 1,2 ]",
  ],
  [
    "a glob",
    "thresholds:\n  'src/**': {lines: 80}",
    ["thresholds", "src/**", "lines"],
    "thresholds:\n  'src/**': {lines: 99.5}",
  ],
  ["another spelling of the number", '{"lines": 8e1}', ["lines"], '{"lines": 99.5}'],
] as const)("%s: only the number changes", ([, text, keys, expected]) => {
  expect(changeNumber(text, keys, 80, 99.5)).toBe(expected);
});

test.for([
  ["an alias", "a: &x 80\nlines: *x"],
  ["a number that others refer to", "lines: &x 80\nb: *x"],
  ["another number by now", "lines: 81"],
  ["a text", 'lines: "80"'],
  ["no such key", "line: 80"],
  ["no YAML", "lines: 80\n\t- : {"],
  ["nothing", ""],
])("%s is left alone", ([, text = ""]) => {
  expect(changeNumber(text, ["lines"], 80, 99.5)).toBeNull();
});

test("of any configuration nothing else changes, in JSON and in YAML", () => {
  const key = fc.constantFrom("lines", "a b", "src/**", "100", "x: y", "#");
  const tree = fc.dictionary(key, fc.oneof(fc.integer(), fc.string(), fc.dictionary(key, fc.jsonValue())));
  const indent = fc.constantFrom("", " ", "\t", "    ");
  fc.assert(
    fc.property(tree, fc.integer({ min: -9, max: 100 }), indent, (others, old, space) => {
      const config = { ...others, lines: old };
      for (const text of [JSON.stringify(config, null, space), stringify(config)]) {
        const changed = changeNumber(text, ["lines"], old, 42.42) ?? "";
        expect(parse(changed)).toEqual({ ...parse(text), lines: 42.42 });
        expect(changed.replace("42.42", String(old))).toBe(text);
      }
    }),
  );
});
