import { readContent } from "../../files/files.js";

/**
 * The source of a file for a page. Istanbul marks its own markup by control characters, so those of the source become
 * their pictures; and shows what it is told of a source that is gone as markup, so that is a source, too.
 */
export function pageSource(file: string): string {
  return contentOf(file).replace(/[^\P{Cc}\n\r\t]/gu, (character) => {
    const number = character.charCodeAt(0);
    return number < 0x20 ? String.fromCharCode(firstPicture + number) : "\ufffd";
  });
}

const firstPicture = 0x2400;

function contentOf(file: string): string {
  try {
    return readContent(file).toString("utf8");
  } catch (error) {
    return `The source cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}
