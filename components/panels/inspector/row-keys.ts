import { useState } from "react";

type Row = { name: string; key: number };

/** A row is the same when its name is; one that alone has another name in its place has been renamed. */
export function keyed(before: readonly Row[], names: readonly string[]): Row[] {
  let last = before.reduce((most, { key }) => Math.max(most, key), -1);
  const isRenaming =
    before.length === names.length && names.filter((name, at) => name !== before[at]?.name).length === 1;
  return names.map((name, place) => {
    const row = before.find((each) => each.name === name) ?? (isRenaming ? before[place] : undefined);
    return { name, key: row?.key ?? ++last };
  });
}

/** Keys of rows that are told apart by name: what gets another name keeps the focus that is in it. */
export function useRowKeys(names: readonly string[]): readonly number[] {
  const [rows, setRows] = useState(() => keyed([], names));
  const isSame = rows.length === names.length && rows.every(({ name }, place) => name === names[place]);
  const next = isSame ? rows : keyed(rows, names);
  if (!isSame) setRows(next);
  return next.map(({ key }) => key);
}
