import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { searching } from "./searching.mjs";

const root = mkdtempSync(join(tmpdir(), "searching-"));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("tests that draw at random are found, also where somebody beside them draws, and no others", () => {
  const files = {
    "flows/a.test.ts": 'import fc from "fast-check";',
    "flows/b.test.ts": 'import { deeds } from "./deeds.contract";',
    "flows/deeds.contract.ts": 'import { pieces } from "@/flows/pieces/pieces.contract";',
    "flows/pieces/pieces.contract.ts": 'import fc from "fast-check";',
    "flows/c.test.tsx": 'import { plain } from "./plain.contract";',
    "flows/plain.contract.ts": 'import { test } from "vitest";',
    "flows/d.integration.test.ts": 'import fc from "fast-check";',
    "server/e.test.ts": 'import fc from "fast-check";',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  expect(searching(["flows"], root)).toEqual(["flows/a.test.ts", "flows/b.test.ts"]);
});
