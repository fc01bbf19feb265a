import { tidy } from "../document-extractor/blocks";

const SILENT = new Set(["script", "style", "template"]);

/** What a piece of HTML says, without its marks. Feeds put HTML where words belong. */
export async function plainText(html: string): Promise<string> {
  if (!/[<&]/.test(html)) return tidy(html);
  const { Parser } = await import("htmlparser2");
  let [text, silent] = ["", 0];
  const parser = new Parser({
    onopentag(name) {
      text += " ";
      if (SILENT.has(name)) silent++;
    },
    ontext(piece) {
      if (silent === 0) text += piece;
    },
    onclosetag(name) {
      if (SILENT.has(name)) silent--;
    },
  });
  parser.end(html);
  return tidy(text).replaceAll(/ ([.,;:!?])/g, "$1");
}
