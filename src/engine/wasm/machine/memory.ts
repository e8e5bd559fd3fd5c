import type { Memory } from "../webAssembly.js";
/** The memory of a machine, whose views stay right as it grows. Numbers are little-endian, as WebAssembly has them. */
export interface MachineMemory {
  readonly memory: Memory;
  bytes(): Uint8Array;
  word(address: number): number;
  /** Eight bytes, of which more than 53 bits are rounded. */
  integer(address: number): number;
  /** Eight bytes, all of them. */
  wholeInteger(address: number): bigint;
  double(address: number): number;
  setByte(address: number, value: number): void;
  setWord(address: number, value: number): void;
  /** Eight bytes. */
  setInteger(address: number, value: number | bigint): void;
  setDouble(address: number, value: number): void;
  /** A copy of some bytes. */
  copy(address: number, length: number): Uint8Array;
  write(address: number, bytes: Uint8Array): void;
  /** A copy of the bytes up to the next zero. */
  text(address: number): Uint8Array;
}

export function machineMemory(memory: Memory): MachineMemory {
  let all = new Uint8Array(memory.buffer);
  let view = new DataView(memory.buffer);
  const refresh = () => {
    if (all.buffer === memory.buffer) return;
    all = new Uint8Array(memory.buffer);
    view = new DataView(memory.buffer);
  };
  const bytes = () => {
    refresh();
    return all;
  };
  const numbers = () => {
    refresh();
    return view;
  };
  const copy = (address: number, length: number) => bytes().slice(address, address + length);
  return {
    memory,
    bytes,
    copy,
    integer: (address) => Number(numbers().getBigInt64(address, true)),
    wholeInteger: (address) => numbers().getBigInt64(address, true),
    double: (address) => numbers().getFloat64(address, true),
    word: (address) => numbers().getUint32(address, true),
    setByte: (address, value) => numbers().setUint8(address, value),
    setWord: (address, value) => numbers().setUint32(address, value, true),
    setInteger: (address, value) => numbers().setBigInt64(address, BigInt(value), true),
    setDouble: (address, value) => numbers().setFloat64(address, value, true),
    write: (address, given) => bytes().set(given, address),
    text: (address) => {
      const end = bytes().indexOf(0, address);
      return copy(address, end - address);
    },
  };
}
