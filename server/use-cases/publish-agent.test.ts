import { expect, test } from "vitest";
import { AccountId } from "@/flows/basics/ids";
import { ManifestForm } from "@/flows/types/manifest-form";
import type { TrialRun } from "../repos/drafts-repo";
import type { Publisher } from "../repos/publishers-repo";
import type { Submission } from "../repos/versions-repo";
import { compatibility, submitDraft, trialOf, tryDraft } from "./publish-agent";

const ada = AccountId.parse("ada");
const TEXT = { type: "object", properties: { text: { type: "string" } }, required: ["text"] } as const;
const form = ManifestForm.parse({
  address: "https://agents.example",
  ...{ publisher: "acme", name: "shouter", version: "1.0.0", title: "Shouter", description: "Says it louder." },
  ...{ effect: "keyed", amount: "0.10", deadline: "5", example: '{"text":"a"}' },
  ...{ input: JSON.stringify(TEXT), output: JSON.stringify(TEXT) },
});
const proved: Publisher = {
  name: "acme",
  owner: ada,
  token: "t",
  proof: "well_known",
  provedBy: "https://agents.example",
  origins: ["https://agents.example"],
};

const signed: Publisher = { ...proved, proof: "wallet", provedBy: "a-wallet", origins: [] };

/** A studio with one draft, whose last trial went as it is told. */
async function studio(more: {
  form?: ManifestForm;
  publisher?: Publisher | null;
  trial?: Partial<TrialRun> | null;
  taken?: boolean;
  others?: string[];
}) {
  const submitted: Submission[] = [];
  let tried: { digest: string } | null = null;
  const drafts = {
    find: async () => ({ id: "d", form: more.form ?? form, revision: 1, updatedAt: new Date(0) }),
    startTrial: async (trial: { digest: string }) => {
      tried = trial;
    },
    latestTrial: async () =>
      more.trial === null || !tried ? null : { state: "passed", id: "t1", ...tried, ...more.trial },
  };
  const services = {
    drafts,
    ids: { fresh: () => "t1" },
    publishers: {
      find: async () => (more.publisher === undefined ? proved : more.publisher),
      isProvedByOther: async (_: AccountId, origin: string) => more.others?.includes(origin) ?? false,
    },
    versions: {
      newest: async () => null,
      submit: async (one: Submission) => {
        if (!more.taken) submitted.push(one);
        return !more.taken;
      },
    },
    wallet: { open: async () => undefined },
  } as never;
  await tryDraft(services, { owner: ada, draft: "d" });
  return { services, submitted };
}

test("what was checked is what is handed in, paid to whoever handed it in", async () => {
  const { services, submitted } = await studio({});
  expect(await submitDraft(services, { owner: ada, draft: "d" })).toEqual({
    ok: true,
    value: { agent: "acme/shouter@1.0.0" },
  });
  expect(submitted).toMatchObject([{ owner: "ada", address: "https://agents.example", conformance: "t1" }]);
});

test("a wallet's name may list at an address that nobody else has proved, and a file's at each that it lies at", async () => {
  const both = { ...proved, provedBy: "https://b.example", origins: ["https://agents.example", "https://b.example"] };
  for (const publisher of [signed, both, { ...signed, origins: both.origins }]) {
    const { services, submitted } = await studio({ publisher, others: publisher === signed ? [] : both.origins });
    expect(await submitDraft(services, { owner: ada, draft: "d" })).toMatchObject({ ok: true });
    expect(submitted).toHaveLength(1);
  }
});

test.each([
  ["conformance_missing", { trial: null }],
  ["conformance_missing", { trial: { state: "failed" } as const }],
  ["conformance_missing", { trial: { state: "queued" } as const }],
  ["conformance_missing", { trial: { digest: "0".repeat(64) as never } }],
  ["publisher_unproved", { publisher: null }],
  ["publisher_unproved", { publisher: { ...proved, proof: null } }],
  ["publisher_unproved", { publisher: { ...proved, owner: AccountId.parse("eve") } }],
  ["address_unproved", { publisher: { ...proved, origins: ["https://elsewhere.example"] } }],
  ["address_unproved", { publisher: signed, others: ["https://agents.example"] }],
  [
    "address_unproved",
    {
      publisher: signed,
      form: { ...form, effect: "once", protocol: `{"kind":"mcp","tool":"shout","declares":"${"0".repeat(64)}"}` },
    },
  ],
  ["form_invalid", { form: { ...form, amount: "much" } }],
  ["version_taken", { taken: true }],
] as const)("%s: nothing is handed in", async (code, more) => {
  const { services, submitted } = await studio(more as never);
  expect(await submitDraft(services, { owner: ada, draft: "d" })).toMatchObject({ ok: false, error: { code } });
  expect(submitted).toEqual([]);
});

test("another price, address or example is another trial", () => {
  const declared = { manifest: {}, address: "https://a.example", example: { text: "a" } } as never;
  const digest = (part: object) => {
    const whole = { ...(declared as object), ...part } as { manifest: object };
    return trialOf({ ...whole, manifest: { ...whole.manifest, price: { kind: "free" } } } as never).digest;
  };
  const digests = [{}, { address: "https://b.example" }, { example: { text: "b" } }, { manifest: { title: "B" } }].map(
    digest,
  );
  expect(new Set(digests).size).toBe(4);
});

test("a version that breaks flows needs a new major number; one that only takes more or gives more exactly does not", () => {
  const agent = (version: string, input: object = TEXT, output: object = TEXT) =>
    ({ agent: `acme/shouter@${version}`, input, output }) as never;
  const wider = { ...TEXT, required: [] };
  const narrower = { ...TEXT, properties: { text: { type: "string", maxLength: 3 } } };
  expect(compatibility(agent("1.0.0"), agent("1.1.0", wider, narrower))).toBeNull();
  expect(compatibility(agent("1.0.0"), agent("1.1.0", narrower))).toMatchObject({
    code: "version_breaking",
    side: "input",
  });
  expect(compatibility(agent("1.0.0"), agent("1.1.0", TEXT, wider))).toMatchObject({
    code: "version_breaking",
    side: "output",
  });
  expect(compatibility(agent("1.0.0"), agent("2.0.0", narrower, wider))).toBeNull();
  expect(compatibility(agent("1.10.0"), agent("1.9.0"))).toMatchObject({ code: "version_not_newer" });
});
