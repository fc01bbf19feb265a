import { tidy } from "../document-extractor/blocks";

/** Where the links of a page lead, each once and as a whole address, in their order. */
export async function linksIn(html: string, base: string): Promise<{ text: string; address: string }[]> {
  const { Parser } = await import("htmlparser2");
  const links = new Map<string, string>();
  let [open, said] = ["", ""];
  const parser = new Parser(
    {
      onopentag(name, { href }) {
        if (name !== "a" || !href) return;
        open = addressOf(href, base);
        said = "";
      },
      ontext(text) {
        if (open && said.length < 300) said += text;
      },
      onclosetag(name) {
        if (name !== "a" || !open) return;
        if (!links.has(open)) links.set(open, tidy(said).slice(0, 300));
        open = "";
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return [...links].map(([address, text]) => ({ text, address }));
}

/** Nothing when it is none that a person would follow: a place on the same page, a program, a mail address. */
function addressOf(href: string, base: string): string {
  const from = URL.canParse(base) ? base : undefined;
  if (href.startsWith("#") || !URL.canParse(href, from)) return "";
  const url = new URL(href, from);
  url.hash = "";
  return /^https?:$/.test(url.protocol) && url.href.length <= 2_000 ? url.href : "";
}
