import type { Node as JsonNode, ParseError } from "jsonc-parser";
import type { Node } from "yaml";
import { yaml } from "../config/yaml.js";
import { jsonc } from "../files/json.js";

/**
 * A text of JSON or YAML with another number at some keys, and not a byte changed besides; null where that number is not
 * written there as it is: in a script, behind an alias, or by now another one.
 */
export function changeNumber(
  text: string,
  keys: readonly string[],
  old: number,
  value: number,
): string | null {
  // JSON is YAML.
  const document = yaml().parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  if (document.errors.length > 0) return null;
  const node = nodeAt(document.contents, keys);
  if (!yaml().isScalar(node) || node.value !== old || node.anchor !== undefined) return null;
  const [start, end] = node.range ?? [];
  return start === undefined || end === undefined ? null : text.slice(0, start) + value + text.slice(end);
}

/** Of a key that is there twice the last one counts, as in JSON. */
function nodeAt(node: Node | null, [key, ...others]: readonly string[]): unknown {
  if (key === undefined) return node;
  if (!yaml().isMap<unknown, Node | null>(node)) return null;
  const pair = node.items.findLast((item) => yaml().isScalar(item.key) && String(item.key.value) === key);
  return nodeAt(pair?.value ?? null, others);
}

/** The same for JSON with comments. */
export function changeWithComments(
  text: string,
  keys: readonly string[],
  old: number,
  value: number,
): string | null {
  const errors: ParseError[] = [];
  const tree = jsonc().parseTree(text, errors, { allowTrailingComma: true });
  const node = errors.length === 0 ? jsonNodeAt(tree, keys) : undefined;
  if (node?.value !== old) return null;
  return text.slice(0, node.offset) + value + text.slice(node.offset + node.length);
}

function jsonNodeAt(node: JsonNode | undefined, [key, ...others]: readonly string[]): JsonNode | undefined {
  if (key === undefined || node === undefined) return node;
  const property = node.children?.findLast(({ children }) => children?.[0]?.value === key);
  return jsonNodeAt(property?.children?.[1], others);
}
