import { createHash } from "node:crypto";
import type { Chunk, Proto } from "../../../types.js";
import type { FengariProto } from "../fengari.js";
import { decisionAt, kindAt, successorsAt } from "../lua53.js";

/** The functions of a chunk in preorder of their nesting; the order of every index into a chunk. */
export function protosOf(main: FengariProto): FengariProto[] {
  return [main, ...main.p.flatMap(protosOf)];
}

const shapes = new WeakMap<FengariProto, string>();

/** A digest of the instructions and line information of a function and all functions in it, as `protosOf` gives them. */
export function shapeOf(protos: readonly FengariProto[]): string {
  const [main] = protos;
  if (main === undefined) return "";
  const known = shapes.get(main) ?? digestOf(protos);
  shapes.set(main, known);
  return known;
}

function digestOf(protos: readonly FengariProto[]): string {
  return digest(protos.map(plainProto));
}

function digest(protos: readonly Proto[]): string {
  const hash = createHash("sha1");
  for (const { lineDefined, lastLineDefined, lines, code } of protos) {
    hash.update(Int32Array.of(lineDefined, lastLineDefined, code.length));
    hash.update(lines);
    hash.update(code);
  }
  return hash.digest("hex");
}

/** A compiled main function as plain data. */
export function chunkOf(main: FengariProto): Chunk {
  const protos = protosOf(main);
  return { shape: shapeOf(protos), protos: protos.map(plainProto) };
}

/** The chunk that a text compiles to which differs from the one of a chunk in its lines alone. */
export function withLines({ protos }: Chunk, lineOf: (line: number) => number): Chunk {
  const moved = protos.map((proto) => ({
    ...proto,
    lineDefined: lineOf(proto.lineDefined),
    lastLineDefined: lineOf(proto.lastLineDefined),
    lines: proto.lines.map(lineOf),
  }));
  return { shape: digest(moved), protos: moved };
}

function plainProto(proto: FengariProto): Proto {
  const code = codesOf(proto);
  return {
    lineDefined: proto.linedefined,
    lastLineDefined: proto.lastlinedefined,
    lines: new Int32Array(proto.lineinfo),
    code,
    kind: (pc) => kindAt(code, pc),
    successors: (pc) => successorsAt(code, pc),
    decision: (pc) => decisionAt(code, pc),
  };
}

/** `Int32Array.from` makes an object for each of its items. */
function codesOf({ code }: FengariProto): Int32Array {
  const codes = new Int32Array(code.length);
  for (let pc = 0; pc < codes.length; pc++) codes[pc] = code[pc]?.code ?? 0;
  return codes;
}
