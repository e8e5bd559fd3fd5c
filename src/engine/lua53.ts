import type { Decision } from "../types.js";

/** The instruction set of Lua 5.3 (lopcodes.h), as far as control flow needs it. */
const op = {
  loadkx: 2,
  loadbool: 3,
  jmp: 30,
  eq: 31,
  testset: 35,
  return: 38,
  forloop: 39,
  forprep: 40,
  tforloop: 42,
  setlist: 43,
} as const;

const opcode = (code: number) => code & 0x3f;
const argC = (code: number) => (code >>> 14) & 0x1ff;
const argSBx = (code: number) => (code >>> 14) - 0x1ffff;
const jumpTarget = (code: number, pc: number) => pc + 1 + argSBx(code);

/** The two ways out of the instruction at `pc`, or undefined when it decides nothing. */
export function decisionAt(code: readonly number[], pc: number): Decision | undefined {
  const instruction = code[pc] ?? 0;
  const operation = opcode(instruction);
  // Every test is followed by a JMP that is executed as part of it.
  if (operation >= op.eq && operation <= op.testset)
    return { fell: pc + 2, jumped: jumpTarget(code[pc + 1] ?? 0, pc + 1) };
  if (operation === op.forloop || operation === op.tforloop)
    return { fell: pc + 1, jumped: jumpTarget(instruction, pc) };
  return undefined;
}

/** Where control can go after the instruction at `pc`, calls and errors aside. */
export function successorsAt(code: readonly number[], pc: number): readonly number[] {
  const instruction = code[pc] ?? 0;
  const decision = decisionAt(code, pc);
  if (decision !== undefined) return [decision.fell, decision.jumped];
  switch (opcode(instruction)) {
    case op.return:
      return [];
    case op.jmp:
    case op.forprep:
      return [jumpTarget(instruction, pc)];
    case op.loadkx:
      return [pc + 2];
    case op.loadbool:
      return [argC(instruction) === 0 ? pc + 1 : pc + 2];
    case op.setlist:
      return [argC(instruction) === 0 ? pc + 2 : pc + 1];
    default:
      return [pc + 1];
  }
}
