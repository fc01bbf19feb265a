import fc from "fast-check";
import { expect, test } from "vitest";
import { declaredBy, formOf, ManifestForm } from "./manifest-form";

const whole = ManifestForm.parse({
  address: "https://agents.example/",
  ...{ publisher: "acme", name: "shouter", version: "1.0.0", title: "Shouter", description: "Says it louder." },
  ...{ capabilities: "text, loud", effect: "keyed", priceKind: "per_call", amount: "0.10", deadline: "5" },
  input: '{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}',
  output: '{"type":"object","properties":{"loud":{"type":"string"}},"required":["loud"]}',
  ...{ sends: "The text", example: '{"text":"hello"}' },
});

test("a whole form declares an agent, and what is declared can be read into a form again", () => {
  const declared = declaredBy(whole);
  if (!declared.ok) throw new Error(JSON.stringify(declared.error));
  const { manifest, address } = declared.value;
  expect(manifest.agent).toBe("acme/shouter@1.0.0");
  expect(manifest.price).toEqual({ kind: "per_call", price: { currency: "microcredits", amount: 100_000n } });
  expect(address).toBe("https://agents.example");
  expect(declaredBy(formOf(manifest, address, whole))).toEqual(declared);
});

test("secrets that callers bring along stand one in a line, and what cannot be asked for is said", () => {
  const secrets = "api-key: X-Api-Key\n\n token : X-Token ";
  const declared = declaredBy({ ...whole, secrets });
  if (!declared.ok) throw new Error(JSON.stringify(declared.error));
  expect(declared.value.manifest.secrets).toEqual([
    { name: "api-key", header: "X-Api-Key" },
    { name: "token", header: "X-Token" },
  ]);
  expect(formOf(declared.value.manifest, declared.value.address, whole).secrets).toBe(
    "api-key: X-Api-Key\ntoken: X-Token",
  );
  for (const asked of ["api-key", "api-key: Cookie", "Key: X-Key", "a: X\nb: X", "a: X-A\na: X-B"])
    expect(declaredBy({ ...whole, secrets: asked })).toMatchObject({ ok: false, error: [{ field: "secrets" }] });
});

test.each([
  ["HTTPS://Agents.Example:443/one/", "https://agents.example/one"],
  [" http://127.0.0.1:4575 ", "http://127.0.0.1:4575"],
  ["http://[::1]:80//", "http://[::1]"],
  ["https://a.example:8443/A%20b", "https://a.example:8443/A%20b"],
])("the address %j is read as %s", (address, read) => {
  const declared = declaredBy({ ...whole, address });
  expect(declared.ok && declared.value.address).toBe(read);
});

test("an address that is read leads where it says", () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: false }), (address) => {
      const declared = declaredBy({ ...whole, address });
      if (declared.ok) expect(new URL(declared.value.address).origin).toBe(new URL(address).origin);
    }),
  );
});

test("every price that there is goes into a form and comes out of it", () => {
  const metered = { ...whole, priceKind: "metered" as const, amount: "0.2", unit: "page", maxPerCall: "40" };
  for (const form of [metered, { ...whole, priceKind: "free" as const, amount: "" }]) {
    const declared = declaredBy(form);
    if (!declared.ok) throw new Error(JSON.stringify(declared.error));
    expect(declaredBy(formOf(declared.value.manifest, declared.value.address, whole))).toEqual(declared);
  }
});

test.each([
  ["amount", "ten"],
  ["amount", "0.1234567"],
  ["version", "1.0"],
  ["publisher", "Acme Inc"],
  ["address", "ftp://agents.example"],
  ["address", "https://me:word@agents.example"],
  ["address", "https://agents.example/a?b=c"],
  ["address", "https://agents.example:70000"],
  ["address", "https://agents.example\\@other.example"],
  ["deadline", "0"],
  ["input", "{"],
  ["input", '{"type":"object","properties":{},"$ref":"https://elsewhere.example"}'],
  ["output", '{"type":"string"}'],
  ["example", '{"text":7}'],
  ["example", "[]"],
  ["title", " "],
] as const)("%s says what is wrong with %j", (field, value) => {
  const declared = declaredBy({ ...whole, [field]: value });
  expect(declared.ok ? [] : declared.error.map((fault) => fault.field)).toEqual([field]);
});

test("whatever is typed, a form ends in a declaration or in faults with their fields", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(ManifestForm.shape)), fc.string(), (field, value) => {
      const form = ManifestForm.safeParse({ ...whole, [field]: value });
      if (!form.success) return;
      const declared = declaredBy(form.data);
      if (!declared.ok) expect(declared.error.length).toBeGreaterThan(0);
    }),
  );
});
