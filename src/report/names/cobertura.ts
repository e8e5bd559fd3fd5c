import type { Attributes } from "./xml.js";

/** The attributes that Cobertura's document type asks for, in place of those that Istanbul writes. */
export function coberturaAttributes(tag: string, attributes: Attributes): Attributes {
  if (tag === "package" || tag === "class") return { ...attributes, complexity: "0" };
  if (tag !== "method") return attributes;
  const { hits, ...others } = attributes;
  return { ...others, "line-rate": Number(hits) > 0 ? "1" : "0", "branch-rate": "1", complexity: "0" };
}
