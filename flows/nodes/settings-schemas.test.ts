import { expect, test } from "vitest";
import { isRecord, type JsonSchema } from "../types/json-schema";
import { catalog } from "./catalog";
import type { NodeKind } from "./kind";
import { settingsSchemas } from "./settings-schemas";
import { CONTROLS } from "./shown";

const schemas = settingsSchemas(catalog as unknown as Readonly<Record<string, NodeKind>>);

/** Every setting of a schema: what is in objects, lists and variants, down to what a control takes as a whole. */
function settingsIn(schema: unknown, at: string): [string, Record<string, unknown>][] {
  if (!isRecord(schema)) return [];
  const how = schema["x-shown"];
  if (isRecord(how) && how.control !== undefined && schema.type !== "array") return [];
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  const constants = properties.filter(([, part]) => !isRecord(part) || part.const === undefined);
  const named = constants.flatMap(([name, part]) => [
    [`${at}.${name}`, part as Record<string, unknown>] as [string, Record<string, unknown>],
    ...settingsIn(part, `${at}.${name}`),
  ]);
  const union = [schema.oneOf, schema.anyOf].filter(Array.isArray).flat();
  const more = [...union, schema.items, schema.additionalProperties].flatMap((part) => settingsIn(part, at));
  return [...named, ...more];
}

test("[N10] every setting of every kind has a title, and a control that the inspector knows if it names one", () => {
  const settings = Object.entries(schemas).flatMap(([kind, schema]: [string, JsonSchema]) => settingsIn(schema, kind));
  expect(settings.length).toBeGreaterThan(45);
  for (const [at, setting] of settings) {
    expect([at, setting.title]).toEqual([at, expect.stringMatching(/\S/)]);
    const how = isRecord(setting["x-shown"]) ? setting["x-shown"] : {};
    if (how.control !== undefined) expect(CONTROLS).toContain(how.control);
  }
});

test("[N10] bounds, choices and defaults are in the schema, as the kind checks them", () => {
  expect(schemas.map).toMatchObject({
    properties: { most: { minimum: 1, maximum: 10_000 }, atOnce: { default: 4, title: "At once" } },
    required: ["most"],
  });
  expect(schemas.join).toMatchObject({ properties: { mode: { enum: ["all", "any", "first"], default: "all" } } });
  expect(JSON.stringify(schemas).length).toBeLessThan(40_000);
});
