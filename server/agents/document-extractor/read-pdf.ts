import { done, type Outcome, refused } from "@/sdk/agent";
import type { Tell } from "@/sdk/report";
import type { Found } from "./blocks";
import { choosePages } from "./choose-pages";
import { blocksOf } from "./pdf-layout";
import { linesOf, type PageLines, type Placed, withoutRunningHeads } from "./pdf-lines";

type Pdf = Awaited<ReturnType<typeof import("unpdf")["getDocumentProxy"]>>;
type Page = Awaited<ReturnType<Pdf["getPage"]>>;

const MOST_PIECES = 1_000_000;

/** Nothing in the file is run, drawn or fetched: only where its text stands is asked for. */
const OPTIONS = {
  verbosity: 0,
  isEvalSupported: false,
  disableFontFace: true,
  useSystemFonts: false,
  useWorkerFetch: false,
  enableXfa: false,
  disableAutoFetch: true,
  disableStream: true,
};

export async function readPdf(
  bytes: Uint8Array,
  { pages: asked, tell }: { pages: string | undefined; tell: Tell },
): Promise<Outcome<Found>> {
  const { getDocumentProxy } = await import("unpdf");
  let pdf: Pdf;
  try {
    pdf = await getDocumentProxy(new Uint8Array(bytes), OPTIONS);
  } catch (problem) {
    return unopened(problem);
  }
  try {
    const chosen = choosePages(asked, pdf.numPages);
    return chosen.ok ? await readPages(pdf, chosen.value, tell) : chosen;
  } finally {
    await pdf.destroy();
  }
}

async function readPages(pdf: Pdf, numbers: readonly number[], tell: Tell): Promise<Outcome<Found>> {
  const pages: PageLines[] = [];
  let pieces = 0;
  for (const [place, number] of numbers.entries()) {
    tell({ progress: { done: place / numbers.length, message: `Page ${number} of ${pdf.numPages}` } });
    const read = await readPage(pdf, number).catch(() => null);
    if (!read)
      return refused("page_broken", `Page ${number} cannot be read. Leave it out: name the pages, as "1-3,7".`);
    pieces += read.pieces;
    if (pieces > MOST_PIECES) {
      return refused("document_too_large", 'It has more text than one answer holds. Name the pages, as "1-50".');
    }
    pages.push(read);
  }
  const title = await titleOf(pdf);
  return done({ title, pages: pages.length, blocks: blocksOf(withoutRunningHeads(pages)) });
}

async function readPage(pdf: Pdf, number: number): Promise<PageLines & { pieces: number }> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent({ disableNormalization: false });
  const view = page.getViewport({ scale: 1 });
  const placed = upright(items.flatMap((item) => ("str" in item ? place(item, view.transform) : [])));
  page.cleanup();
  return { page: number, height: view.height, lines: linesOf(placed), pieces: items.length };
}

type Item = Extract<Awaited<ReturnType<Page["getTextContent"]>>["items"][number], { str: string }>;
type Turned = Placed & { quarter: number };

/** From the item's own coordinates to those of the page as it is shown. */
function place({ str, transform, width }: Item, view: readonly number[]): Turned[] {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform as readonly number[];
  const [va = 1, vb = 0, vc = 0, vd = 1, ve = 0, vf = 0] = view;
  const along = { x: va * a + vc * b, y: vb * a + vd * b };
  const [x, y] = [va * e + vc * f + ve, vb * e + vd * f + vf];
  const size = Math.hypot(va * c + vc * d, vb * c + vd * d);
  const text = str.replaceAll("\u0000", "");
  if (text.trim() === "" || ![x, y, width, size].every(Number.isFinite) || size <= 0) return [];
  const quarter = (Math.round(Math.atan2(along.y, along.x) / (Math.PI / 2)) + 4) % 4;
  return [{ text, x, y, width, size, quarter }];
}

/** A page that is written sideways is turned. What stands crosswise to the rest, such as a watermark, is left out. */
function upright(pieces: readonly Turned[]): Placed[] {
  const letters = [0, 0, 0, 0];
  for (const { text, quarter } of pieces) letters[quarter] = (letters[quarter] ?? 0) + text.length;
  const main = letters.indexOf(Math.max(...letters));
  const turn: Record<number, (piece: Turned) => Placed> = {
    0: (piece) => piece,
    1: (piece) => ({ ...piece, x: piece.y, y: -piece.x }),
    2: (piece) => ({ ...piece, x: -piece.x, y: -piece.y }),
    3: (piece) => ({ ...piece, x: -piece.y, y: piece.x }),
  };
  return pieces.filter(({ quarter }) => quarter === main).map((piece) => turn[main]?.(piece) ?? piece);
}

async function titleOf(pdf: Pdf): Promise<string> {
  const about = await pdf.getMetadata().catch(() => null);
  const { Title: title } = (about?.info ?? {}) as { Title?: unknown };
  return typeof title === "string" ? title : "";
}

function unopened(problem: unknown): Outcome<never> {
  const name = problem instanceof Error ? problem.name : "";
  if (name === "PasswordException") {
    return refused("pdf_encrypted", "The PDF is locked with a password. Save it without one, and send that.");
  }
  return refused(
    "file_broken",
    "It is not a PDF that can be read, or breaks off. Save it anew, and send the whole file.",
  );
}
