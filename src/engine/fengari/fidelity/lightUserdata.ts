/** What stands for light userdata among the keys of a table, where it must not be equal to any Lua value. */
const objectKeys = new WeakMap<object, object>();

export function lightUserdataKey(value: unknown): unknown {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return `*${typeof value}:${String(value)}`;
  }
  const known = objectKeys.get(value);
  if (known !== undefined) return known;
  const key = {};
  objectKeys.set(value, key);
  return key;
}
