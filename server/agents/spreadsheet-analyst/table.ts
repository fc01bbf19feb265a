import { done, type Outcome, refused } from "@/sdk/agent";

/** A file as text: nothing in a cell is ever evaluated, so that "=1+1" stays four characters. */
export type Table = { columns: readonly RawColumn[]; rows: number; ragged: number };
export type RawColumn = { name: string; cells: readonly string[] };

export const ROW_LIMIT = 200_000;
const COLUMN_LIMIT = 500;

/** Reads CSV with whatever delimiter it uses. The first line names the columns; lines that are blank do not count. */
export async function readTable(csv: string): Promise<Outcome<Table>> {
  const { default: Papa } = await import("papaparse"); // on first use: an idle agent stays small
  const { data, errors } = Papa.parse<string[]>(csv.replace(/^\uFEFF/, ""), {
    skipEmptyLines: true,
    delimitersToGuess: [",", ";", "\t", "|"],
    preview: ROW_LIMIT + 2,
  });
  const unbalanced = errors.find(({ type }) => type === "Quotes");
  if (unbalanced) {
    const line = (unbalanced.row ?? 0) + 1;
    return refused("quotes_unbalanced", `A quoted field near line ${line} does not end. Double the quotes inside it.`);
  }
  const [header, ...records] = data;
  if (!header || records.length === 0) {
    return refused("csv_empty", "The CSV has no rows. Send a first line that names the columns, and rows below it.");
  }
  return tableOf(header, records);
}

/** Cells below names, however they were written down. */
export function tableOf(header: readonly string[], records: readonly (readonly string[])[]): Outcome<Table> {
  if (records.length > ROW_LIMIT) {
    return refused("rows_too_many", `The table has more than ${ROW_LIMIT} rows. Send fewer, or aggregate them first.`);
  }
  const width = records.reduce((widest, { length }) => Math.max(widest, length), header.length);
  if (width > COLUMN_LIMIT) {
    return refused("columns_too_many", `The table has ${width} columns, at most ${COLUMN_LIMIT} are read. Send fewer.`);
  }
  const names = nameColumns(Array.from({ length: width }, (_, index) => header[index] ?? ""));
  const columns = names.map((name, index) => ({ name, cells: records.map((cells) => (cells[index] ?? "").trim()) }));
  const ragged = records.filter((cells) => cells.length !== header.length).length;
  return done({ columns, rows: records.length, ragged });
}

/** Every column can be asked for by a name of its own: "" becomes "column 2", a second "price" becomes "price (2)". */
function nameColumns(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((raw, index) => {
    const wanted = raw.trim() || `column ${index + 1}`;
    let name = wanted;
    for (let again = 2; taken.has(name); again++) name = `${wanted} (${again})`;
    taken.add(name);
    return name;
  });
}
