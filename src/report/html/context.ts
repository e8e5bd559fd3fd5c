import type { FileCoverage } from "istanbul-lib-coverage";
import type { ContentWriter, Context } from "istanbul-lib-report";

/** A writer of files in a folder, as Istanbul has it: its published types have other names. */
export interface FolderWriter {
  writeFile(name: string): ContentWriter;
  copyFile(source: string, name: string): void;
  writerForDir(name: string): FolderWriter;
}

export function writerOf(context: Context): FolderWriter {
  return context.writer as unknown as FolderWriter;
}

interface FileNode {
  getFileCoverage(): FileCoverage;
}

/** The files of a context's coverage map. */
export function filesIn(context: Context): FileCoverage[] {
  const files: FileCoverage[] = [];
  const onDetail = (node: unknown) => {
    files.push((node as FileNode).getFileCoverage());
  };
  context.getTree("flat").visit({ onDetail }, undefined);
  return files;
}
