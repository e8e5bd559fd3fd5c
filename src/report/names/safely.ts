import type { ContentWriter, Context, ReportBase, XmlWriter } from "istanbul-lib-report";
import { istanbulMap } from "../../coverage/packed/istanbulMap.js";
import { visibleName } from "../../files/visible.js";
import type { CoverageMapData } from "../../types.js";
import { istanbulLibReport } from "../istanbul.js";
import { coberturaAttributes } from "./cobertura.js";
import { breadcrumbs, linkMapper, type PageNode, scriptName } from "./pages.js";
import { shownMap } from "./shownMap.js";
import { pageSource } from "./source.js";
import { escapeXml } from "./xml.js";

/** Reporters of formats that carry every name. */
const exact = ["json", "json-summary", "clover", "cobertura"];

/** Executes a report of Istanbul's so that it is well-formed and nothing in a name runs, whatever the names are. */
export type Execute = (name: string, report: ReportBase) => void;

/**
 * Istanbul's reporters escape too little. JSON and XML get every name as it is, escaped as the format asks for; other
 * formats have no way to say, for example, that a line's end is part of a name, and get it shown.
 */
export function safely(context: Context, coverage: CoverageMapData): Execute {
  const shown = shownMap(coverage);
  let trees: Context | null = null;
  const treeOf = (summarizer: Parameters<Context["getTree"]>[0]) => {
    trees ??= istanbulLibReport().createContext({
      coverageMap: istanbulMap(shown.coverage),
    });
    return trees.getTree(summarizer);
  };
  return (name, report) => {
    if (exact.includes(name)) return report.execute(withXml(context, name));
    for (const page of pagesOf(report)) makeSafe(page);
    report.execute(
      derived(context, {
        getTree: treeOf,
        getSource: (file: string) => pageSource(shown.pathOf(file)),
      }),
    );
  };
}

/** The project root as a reporter sees it in the paths of files. */
export function rootFor(name: string, root: string): string {
  return exact.includes(name) ? root : visibleName(root);
}

function withXml(context: Context, name: string): Context {
  const isCobertura = name === "cobertura";
  // The types call it getXmlWriter.
  const { getXMLWriter } = context as Context & { getXMLWriter(writer: ContentWriter): XmlWriter };
  return derived(context, {
    getXMLWriter: (writer: ContentWriter) => {
      const own = getXMLWriter.call(context, writer);
      return isCobertura ? escapeXml(own, ["name"], coberturaAttributes) : escapeXml(own, []);
    },
  });
}

function derived(context: Context, own: Readonly<Record<string, unknown>>): Context {
  return Object.assign(Object.create(context), own);
}

/** The reporters of HTML in a report: itself, or what it is made of. */
function pagesOf(report: object): object[] {
  const parts = [report, Reflect.get(report, "html"), Reflect.get(report, "htmlReport")];
  return parts.filter(
    (part): part is object => typeof part === "object" && part !== null && "linkMapper" in part,
  );
}

function makeSafe(page: object): void {
  Object.assign(page, { linkMapper });
  const toData: unknown = Reflect.get(page, "toDataStructure");
  if (typeof toData !== "function") {
    // A page of html-spa has a way back of its own.
    if (!Object.hasOwn(page, "getBreadcrumbHtml")) Object.assign(page, { getBreadcrumbHtml: breadcrumbs });
    return;
  }
  const toDataStructure = (node: PageNode, context: unknown): unknown => ({
    ...toData.call(page, node, context),
    file: scriptName(node),
  });
  Object.assign(page, { toDataStructure });
}
