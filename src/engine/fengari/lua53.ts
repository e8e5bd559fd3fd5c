import type { Decision, InstructionKind } from "../../types.js";

/** The instruction set of Lua 5.3 (lopcodes.h), as far as control flow needs it. */
const op = {
  loadkx: 2,
  loadbool: 3,
  loadnil: 4,
  jmp: 30,
  eq: 31,
  le: 33,
  test: 34,
  testset: 35,
  tailcall: 37,
  return: 38,
  forloop: 39,
  forprep: 40,
  tforcall: 41,
  tforloop: 42,
  setlist: 43,
} as const;

/** Instructions by pc. */
type Code = ArrayLike<number>;

const opcode = (code: number) => code & 0x3f;
const argA = (code: number) => (code >>> 6) & 0xff;
const argB = (code: number) => (code >>> 23) & 0x1ff;
const argC = (code: number) => (code >>> 14) & 0x1ff;
const argSBx = (code: number) => (code >>> 14) - 0x1ffff;
const jumpTarget = (code: Code, pc: number) => pc + 1 + argSBx(code[pc] ?? 0);

export function kindAt(code: Code, pc: number): InstructionKind {
  const operation = opcode(code[pc] ?? 0);
  if (operation >= op.eq && operation <= op.testset) return "test";
  if (operation === op.jmp) return "jump";
  if (operation === op.loadnil) return "nil";
  const loops = operation === op.forloop || operation === op.tforcall || operation === op.tforloop;
  return loops ? "loop" : "other";
}

/** The two ways on from the instruction at `pc`, or undefined when it decides nothing. */
export function decisionAt(code: Code, pc: number): Decision | undefined {
  const instruction = code[pc] ?? 0;
  const operation = opcode(instruction);
  // Every test is followed by a JMP that is executed as part of it.
  if (operation >= op.eq && operation <= op.le) {
    return {
      fell: pc + 2,
      jumped: jumpTarget(code, pc + 1),
      jumpsIf: argA(instruction) !== 0,
      register: null,
    };
  }
  if (operation === op.test || operation === op.testset) {
    const register = operation === op.test ? argA(instruction) : argB(instruction);
    return { fell: pc + 2, jumped: jumpTarget(code, pc + 1), jumpsIf: argC(instruction) !== 0, register };
  }
  if (operation === op.forloop || operation === op.tforloop) {
    return { fell: pc + 1, jumped: jumpTarget(code, pc), jumpsIf: true, register: null };
  }
  // TFORCALL goes straight on to the TFORLOOP behind it, unless its iterator yields.
  if (operation === op.tforcall) {
    return { fell: pc + 2, jumped: jumpTarget(code, pc + 1), jumpsIf: true, register: null };
  }
  return undefined;
}

export function isTailCall(instruction: number): boolean {
  return opcode(instruction) === op.tailcall;
}

/** The first register of what a return gives back, and how many there are; null for all up to the top of the stack, or another instruction. */
export function returnedAt(
  code: Code,
  pc: number,
): { readonly register: number; readonly count: number | null } | null {
  const instruction = code[pc] ?? 0;
  if (opcode(instruction) !== op.return) return null;
  const count = argB(instruction);
  return { register: argA(instruction), count: count === 0 ? null : count - 1 };
}

/** Where control can go after the instruction at `pc`, calls and errors aside. */
export function successorsAt(code: Code, pc: number): readonly number[] {
  const instruction = code[pc] ?? 0;
  const operation = opcode(instruction);
  const decision = decisionAt(code, pc);
  if (operation === op.tforcall) return [pc + 1];
  if (decision !== undefined) return [decision.fell, decision.jumped];
  switch (operation) {
    case op.return:
      return [];
    case op.jmp:
    case op.forprep:
      return [jumpTarget(code, pc)];
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
