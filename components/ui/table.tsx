import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Column<Row> = {
  key: string;
  header: ReactNode;
  cell(row: Row): ReactNode;
  /** `end` for amounts and counts. */
  align?: "start" | "end";
  /** What a narrow screen can do without. */
  narrow?: "hide";
  /** `fill` takes what is left and cuts its text. */
  width?: "content" | "fill";
};

export type TableProps<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Marks the row that is shown elsewhere on the screen. */
  selected?: string | undefined;
  className?: string;
};

/** Dense, one line per row; the header stays. A phone gets the `fill` column on one line and the rest below it. */
export function Table<Row>({ label, columns, rows, rowKey, selected, className }: TableProps<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className={clsx("min-w-0 overflow-auto -outline-offset-2", className)}>
      <table className="w-full border-collapse text-body">
        <caption className="sr-only">{label}</caption>
        <thead className="sticky top-0 z-10 bg-surface text-12 text-faint max-sm:sr-only">
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" className={clsx(cellStyle(column), "h-control border-line border-b")}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={rowKey(row)}
              aria-selected={selected === rowKey(row) || undefined}
              className="quick border-line border-b last:border-b-0 hover:bg-hover aria-selected:bg-selected max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3"
            >
              {columns.map((column) => (
                <td key={column.key} className={clsx(cellStyle(column), "h-control max-sm:h-auto max-sm:p-0!")}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cellStyle<Row>({ align, narrow, width = "content" }: Column<Row>): string {
  return clsx(
    width === "content" && "whitespace-nowrap",
    "px-3 first:pl-4 last:pr-4",
    align === "end" ? "text-right tabular-nums max-sm:ml-auto" : "text-left",
    narrow === "hide" && "max-sm:hidden",
    width === "fill" && "w-full max-sm:basis-full sm:max-w-0 sm:truncate",
  );
}
