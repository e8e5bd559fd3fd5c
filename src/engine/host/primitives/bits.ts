/** Operations on 32 bits, without sign, which not every Lua has operators for. */
export function bitPrimitives() {
  return {
    band: (a: number, b: number) => (a & b) >>> 0,
    bor: (a: number, b: number) => (a | b) >>> 0,
    bxor: (a: number, b: number) => (a ^ b) >>> 0,
    /** The same number as an integer, where the engine has one that large. */
    integer: (value: number) => value,
  };
}
