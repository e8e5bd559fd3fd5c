/**
 * Gives an object a property whose value is made when somebody looks at it, and stays the same from then on, or becomes what somebody
 * sets. Returns its getter, which the property has until then.
 */
export function defineLate<Value>(object: object, name: string, make: () => Value): () => Value {
  const define = (value: Value) => {
    Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  const get = () => define(make());
  Object.defineProperty(object, name, { get, set: define, enumerable: true, configurable: true });
  return get;
}
