import fc from "fast-check";
import { expect, test } from "vitest";
import { checkSchema } from "@/flows/types/check-schema";
import { validate } from "@/flows/types/validate";
import { readOpenApi } from "./openapi-operations";

const terms = { publisher: "acme", effectOf: () => "once" as const, deadlineMs: 30_000 };
const pet = {
  type: "object",
  properties: { name: { type: "string" }, tag: { type: "string", nullable: true } },
  required: ["name"],
};
const json = (schema: unknown) => ({ content: { "application/json": { schema } } });
const document = {
  openapi: "3.0.3",
  info: { title: "Pets", version: "1" },
  servers: [{ url: "https://pets.example/v1" }],
  components: {
    schemas: { Pet: pet },
    parameters: { Id: { name: "petId", in: "path", required: true, schema: { type: "integer" } } },
    responses: { Pet: json({ $ref: "#/components/schemas/Pet" }) },
  },
  paths: {
    "/pets": {
      get: {
        operationId: "listPets",
        summary: "All <b>pets</b>",
        parameters: [
          { name: "limit", in: "query", schema: { type: "integer", maximum: 100 } },
          { name: "tags", in: "query", explode: false, schema: { type: "array", items: { type: "string" } } },
          { name: "session", in: "cookie", schema: { type: "string" } },
        ],
        responses: { 200: json({ type: "array", items: { $ref: "#/components/schemas/Pet" } }) },
      },
      post: {
        requestBody: { required: true, ...json({ $ref: "#/components/schemas/Pet" }) },
        responses: { 201: { $ref: "#/components/responses/Pet" } },
        security: [{ key: [] }],
      },
    },
    "/pets/{petId}": {
      parameters: [{ $ref: "#/components/parameters/Id" }],
      delete: { responses: { 204: { description: "gone" } } },
      put: { requestBody: { required: true, content: { "text/csv": {} } }, responses: {} },
      patch: { servers: [{ url: "https://elsewhere.example" }], responses: {} },
    },
    "/owners/{id}": { get: { responses: {} } },
    "/session": {
      get: { parameters: [{ name: "sid", in: "cookie", required: true, schema: {} }], responses: {} },
      post: { parameters: [{ name: "Authorization", in: "header", required: true, schema: {} }], responses: {} },
    },
  },
};

function read(given: unknown = document, more: Partial<typeof terms> = {}) {
  const api = readOpenApi(given, { ...terms, ...more });
  if (!api.ok) throw new Error(api.error.problem);
  return api.value;
}

test("operations are agents: free, of no class but the one that is said, with what they take and give", () => {
  const { agents, title, address } = read();
  expect([title, address]).toEqual(["Pets", "https://pets.example/v1"]);
  expect(agents.map(({ operation, manifest }) => [operation, manifest.agent])).toEqual([
    ["GET /pets", "acme/list-pets@1.0.0"],
    ["POST /pets", "acme/post-pets@1.0.0"],
    ["DELETE /pets/{petId}", "acme/delete-pets-pet-id@1.0.0"],
  ]);
  const [list, add, remove] = agents.map(({ manifest }) => manifest);
  expect(list).toMatchObject({
    title: "All <b>pets</b>",
    effect: "once",
    price: { kind: "free" },
    protocol: {
      kind: "openapi",
      method: "get",
      path: "/pets",
      gives: "result",
      inputs: [
        { port: "limit", name: "limit", in: "query" },
        { port: "tags", name: "tags", in: "query", joined: true },
      ],
    },
  });
  expect(validate(list?.output ?? false, { result: [{ name: "Rex", tag: null }] }).ok).toBe(true);
  expect(validate(list?.output ?? false, { result: [{ tag: "x" }] }).ok).toBe(false);
  expect(add).toMatchObject({
    input: { required: ["name"], properties: { name: { type: "string" } } },
    protocol: {
      gives: "object",
      inputs: [
        { port: "name", in: "body" },
        { port: "tag", in: "body" },
      ],
    },
  });
  expect(remove).toMatchObject({
    input: { required: ["petId"] },
    protocol: { gives: "text", inputs: [{ port: "petId", name: "petId", in: "path" }] },
  });
});

test("that a method is GET makes nothing safe: whoever brings it in says so", () => {
  expect(read().agents[0]?.manifest.effect).toBe("once");
  const safe = readOpenApi(document, {
    ...terms,
    effectOf: (operation) => (operation === "GET /pets" ? "safe" : "once"),
  });
  expect(safe.ok && safe.value.agents.map(({ manifest }) => manifest.effect)).toEqual(["safe", "once", "once"]);
});

test("what cannot be called as it is described is left out with its reason, and keys that it needs are named", () => {
  const { skipped, agents } = read();
  expect(Object.fromEntries(skipped.map(({ operation, why }) => [operation, why]))).toEqual({
    "PUT /pets/{petId}": "its body is not JSON",
    "PATCH /pets/{petId}": "it is answered at another address",
    "GET /owners/{id}": "nothing says what stands for {id} in its path",
    "GET /session": 'its cookie parameter "sid" is a cookie',
    "POST /session": 'its header parameter "Authorization" is not for callers to set',
  });
  expect(agents.map(({ needs }) => needs)).toEqual([[], ["key"], []]);
});

test("inputs with one name keep apart, and a body that is no plain object is one input", () => {
  const post = {
    parameters: [
      { name: "id", in: "path", required: true, schema: {} },
      { name: "id", in: "query", schema: {} },
    ],
    requestBody: json({ type: "object", properties: { id: { type: "string" } } }),
    responses: {},
  };
  const choice = { requestBody: json({ oneOf: [{ type: "string" }, { type: "number" }] }), responses: {} };
  const { agents } = read({ ...document, paths: { "/a/{id}": { post }, "/b": { post: choice } } });
  const [first, second] = agents.map(({ manifest }) => manifest.protocol);
  expect(first).toMatchObject({ inputs: [{ port: "id" }, { port: "id_2" }, { port: "id_3", in: "body", name: "id" }] });
  expect(second).toMatchObject({ inputs: [{ port: "body", name: "", in: "body" }] });
});

test("what is no OpenAPI 3 document is refused with what is wrong", () => {
  for (const wrong of [
    null,
    [],
    {},
    { openapi: "2.0", info: {} },
    { swagger: "2.0" },
    { openapi: "3.1.0", info: {}, paths: 3 },
  ])
    expect(readOpenApi(wrong, terms)).toMatchObject({ ok: false, error: { code: "openapi_invalid" } });
});

test("whatever stands in a document, what comes of it are manifests whose schemas can be used", () => {
  const odd = fc.jsonValue({ maxDepth: 4 });
  const refs = fc.constantFrom(
    { $ref: "#/paths" },
    { $ref: "#/x" },
    { $ref: "https://example.com" },
    { $ref: "#/components/a" },
  );
  const any = fc.oneof(odd, refs);
  const operation = fc.record(
    {
      operationId: fc.string({ unit: "binary" }),
      parameters: fc.array(
        fc.oneof(
          any,
          fc.record({ name: fc.string({ unit: "binary" }), in: fc.constantFrom("path", "query"), schema: any }),
        ),
      ),
      requestBody: fc.oneof(any, fc.record({ content: fc.record({ "application/json": fc.record({ schema: any }) }) })),
      responses: fc.dictionary(fc.constantFrom("200", "default"), any),
    },
    { requiredKeys: [] },
  );
  const api = fc.record({
    openapi: fc.constant("3.1.0"),
    info: fc.record({ title: fc.string({ unit: "binary" }) }),
    paths: fc.dictionary(
      fc.string({ unit: "binary" }).map((path) => `/${path}`),
      fc.record({ get: operation, post: any }),
    ),
    components: fc.record({ a: any }),
  });
  fc.assert(
    fc.property(api, (given) => {
      for (const { manifest } of read(given).agents) {
        expect(checkSchema(manifest.input)).toEqual([]);
        expect(checkSchema(manifest.output)).toEqual([]);
      }
    }),
  );
});

test("a question with a body is left out, and asked without one where it may be", () => {
  const asking = (required: boolean) => ({
    ...{ openapi: "3.1.0", info: { title: "Find" }, servers: [{ url: "https://find.example" }] },
    paths: { "/find": { get: { requestBody: { required, ...json(pet) }, responses: {} } } },
  });
  expect(readOpenApi(asking(true), terms)).toMatchObject({
    value: {
      agents: [],
      skipped: [{ operation: "GET /find", why: "it is a question with a body, which cannot be sent" }],
    },
  });
  expect(readOpenApi(asking(false), terms)).toMatchObject({
    value: { agents: [{ manifest: { protocol: { inputs: [] } } }], skipped: [] },
  });
});
