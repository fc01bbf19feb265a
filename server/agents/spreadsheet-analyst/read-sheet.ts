import { done, type Outcome, refused } from "@/sdk/agent";
import { decodeBase64 } from "../decode-base64";
import { type Parts, packAgain, unpack } from "../unpack";
import { ROW_LIMIT } from "./table";

/** `rows` are cells as text, without the rows in which nothing stands. */
export type Sheet = { rows: readonly (readonly string[])[] };

const OLD_OFFICE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const WIDEST = 2_000; // what is too wide for the analysis is refused there, by its own words
const MOST_CELLS = 10_000_000;
const MOST_NAMED = 20;

/**
 * One sheet of an XLSX file: the one that is named, or the first. Of a formula the value counts that the program which
 * saved it had worked out; nothing is worked out here. A merged cell is its first, and the others are empty.
 */
export async function readSheet({
  file,
  sheet,
}: {
  file: string;
  sheet?: string | undefined;
}): Promise<Outcome<Sheet>> {
  const bytes = decodeBase64(file);
  if (!bytes.ok) return bytes;
  if (Buffer.from(bytes.value.subarray(0, 4)).equals(OLD_OFFICE)) {
    return refused("format_unknown", "It is an old or a locked Excel file. Save it as XLSX without a password.");
  }
  const parts = await unpack(bytes.value);
  if (!parts.ok) return parts;
  const names = sheetNames(parts.value);
  if (names === null)
    return refused("format_unknown", "It is not an XLSX file. Save it as XLSX or CSV, and send that.");
  if (Object.entries(parts.value).some(([path, part]) => path.startsWith("xl/worksheets/") && reachesFar(part)))
    return far();
  const wanted = sheet ? nameOf(sheet, names) : names[0];
  if (wanted === undefined) {
    const known = names.slice(0, MOST_NAMED).join(", ");
    return refused("sheet_unknown", `There is no sheet "${(sheet ?? "").slice(0, 100)}". The sheets are: ${known}.`);
  }
  return readNamed(parts.value, wanted);
}

async function readNamed(parts: Parts, name: string): Promise<Outcome<Sheet>> {
  const { readSheet: read } = await import("read-excel-file/universal");
  let data: readonly (readonly unknown[])[];
  try {
    const packed = await packAgain(parts);
    data = await read(packed.slice().buffer, name);
  } catch {
    return refused("file_broken", "It is not a spreadsheet that can be read. Save it anew as XLSX, and send that.");
  }
  const rows = data.map((cells) => cells.map(textOf)).filter((cells) => cells.some((cell) => cell !== ""));
  return rows.length > 1 ? done({ rows }) : empty(name);
}

/** The reader makes room for every cell up to the last one, so that one cell far away would take all memory. */
function reachesFar(part: Uint8Array): boolean {
  const xml = Buffer.from(part).toString("latin1");
  const places = /\br=["']\$?([A-Z]{1,4})\$?(\d{1,9})["']/gi;
  let [rows, columns] = [0, 0];
  for (let found = places.exec(xml); found; found = places.exec(xml)) {
    rows = Math.max(rows, Number(found[2]));
    columns = Math.max(columns, columnOf(found[1] ?? ""));
  }
  return rows > ROW_LIMIT * 2 || columns > WIDEST || rows * columns > MOST_CELLS;
}

function columnOf(letters: string): number {
  return [...letters.toUpperCase()].reduce((total, letter) => total * 26 + letter.charCodeAt(0) - 64, 0);
}

function far(): Outcome<never> {
  return refused("rows_too_many", `A sheet has cells far outside of a table of ${ROW_LIMIT} rows. Delete them.`);
}

function empty(name: string): Outcome<never> {
  const problem = `The sheet "${name.slice(0, 100)}" has no rows.`;
  return refused("sheet_empty", `${problem} A first row must name the columns, with rows below it.`);
}

/** Null when it is no workbook. */
function sheetNames(parts: Parts): string[] | null {
  const workbook = parts["xl/workbook.xml"];
  if (!workbook) return null;
  const tags =
    Buffer.from(workbook)
      .toString("utf8")
      .match(/<(?:\w{1,20}:)?sheet\s[^>]{0,2000}>/g) ?? [];
  return tags.flatMap((tag) => {
    const name = /\sname="([^"]*)"/.exec(tag)?.[1];
    return name === undefined ? [] : [plain(name)];
  });
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function plain(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

/** Case and outer spaces are forgiven. */
function nameOf(wanted: string, names: readonly string[]): string | undefined {
  const loose = wanted.trim().toLowerCase();
  return names.find((name) => name === wanted) ?? names.find((name) => name.trim().toLowerCase() === loose);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!(value instanceof Date)) return String(value).trim();
  if (Number.isNaN(value.getTime())) return "";
  const iso = value.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso;
}
