import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compare, readMigrations } from "./migrate.mjs";

const known = ["1_first", "2_second"].map((name) => ({ name, sql: "", checksum: `of ${name}` }));
const applied = (name: string, more = {}) => ({
  migration_name: name,
  checksum: `of ${name}`,
  finished: true,
  ...more,
});

test("only what the database does not have is applied, in order", () => {
  expect(compare(known, [], "/data")).toEqual(known);
  expect(compare(known, [applied("1_first")], "/data")).toEqual(known.slice(1));
});

test("a migration that this copy does not have means that a newer version wrote the folder", () => {
  expect(() => compare(known, [applied("1_first"), applied("3_third")], "/data")).toThrow(
    "The folder /data was written by a newer version of the studio (it knows the migration 3_third): update this copy",
  );
});

test("a migration that stopped half way or was edited later is refused", () => {
  expect(() => compare(known, [applied("1_first", { finished: false })], "/data")).toThrow("stopped half way");
  expect(() => compare(known, [applied("1_first", { checksum: "other" })], "/data")).toThrow("was edited after");
});

test("migrations are folders with SQL, sorted by name", () => {
  const dir = mkdtempSync(join(tmpdir(), "migrations-"));
  for (const name of ["2_b", "1_a", "3_empty"]) mkdirSync(join(dir, name));
  for (const name of ["2_b", "1_a"]) writeFileSync(join(dir, name, "migration.sql"), `-- ${name}`);
  writeFileSync(join(dir, "migration_lock.toml"), "");
  expect(readMigrations(dir).map(({ name }) => name)).toEqual(["1_a", "2_b"]);
  expect(readMigrations(join(dir, "nowhere"))).toEqual([]);
  rmSync(dir, { recursive: true });
});
