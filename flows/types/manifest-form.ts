import { z } from "zod";
import { err, ok, type Result } from "../basics/result";
import { AgentManifest, EffectClass } from "./agent-manifest";
import { checkSchema } from "./check-schema";
import { writtenPrice } from "./price";
import { validate } from "./validate";

const text = (max: number) => z.string().max(max).default("");

/** What a publisher types, kept as it is typed: half a word is half a word. Lists stand one in a line. */
export const ManifestForm = z.strictObject({
  address: text(300),
  publisher: text(60),
  name: text(60),
  version: text(20),
  title: text(60),
  description: text(280),
  capabilities: text(1_000),
  effect: EffectClass.default("once"),
  priceKind: z.enum(["free", "per_call", "metered"]).default("per_call"),
  amount: text(30),
  unit: text(30),
  maxPerCall: text(10),
  deadline: text(10),
  input: text(100_000),
  output: text(100_000),
  sends: text(3_000),
  example: text(100_000),
  /** How it is called where it does not speak the studio's own contract: brought in with it, and not typed. */
  protocol: text(50_000),
  /** What every caller has to bring along: `name: Header`, one in a line. */
  secrets: text(600),
});
export type ManifestForm = z.infer<typeof ManifestForm>;

export type FormFault = { field: keyof ManifestForm; problem: string };
export type Declared = { manifest: AgentManifest; address: string; example: Record<string, unknown> };

/** What a form declares, or everything that keeps it from declaring anything: each with its field. */
export function declaredBy(form: ManifestForm): Result<Declared, FormFault[]> {
  const faults: FormFault[] = [];
  const fault: Fault = (field, problem) => void faults.push({ field, problem });
  const [input, output, example] = [
    objectIn(form, "input", fault),
    objectIn(form, "output", fault),
    objectIn(form, "example", fault),
  ];
  checkNames(form, fault);
  const address = addressOf(form.address);
  if (address === null)
    fault("address", "The https address in front of /<name>/execute, as in https://agents.example.");
  const read = AgentManifest.safeParse({
    agent: `${form.publisher}/${form.name}@${form.version}`,
    title: form.title.trim(),
    description: form.description.trim(),
    capabilities: partsOf(form.capabilities, /[\n,]/),
    effect: form.effect,
    price: priceOf(form),
    deadlineMs: Math.round(Number(form.deadline) * 1_000),
    ...{ input, output },
    sends: partsOf(form.sends, /\n/),
    ...(form.protocol === "" ? {} : { protocol: jsonOf(form.protocol) ?? null }),
    ...(form.secrets.trim() === "" ? {} : { secrets: secretsIn(form.secrets) }),
  });
  const named = faults.some(({ field }) => ["publisher", "name", "version"].includes(field));
  for (const { path, message } of read.error?.issues ?? [])
    if (path[0] !== "agent" || !named) fault(fieldOf(path[0]), NEEDS[fieldOf(path[0])] ?? message);
  checkSchemas({ input, output }, fault);
  if (faults.length > 0 || !read.success || address === null || !example) return err(unique(faults));
  const fits = validate(read.data.input, example as never);
  if (fits.ok) return ok({ manifest: read.data, address, example });
  const { at, problem } = fits.error;
  return err([{ field: "example", problem: `Does not fit the input${at ? ` at ${at}` : ""}: ${problem}` }]);
}

/** What a field needs, in the words of its publisher. */
const NEEDS: Partial<Record<keyof ManifestForm, string>> = {
  title: "1 to 60 letters that can be seen.",
  description: "1 to 280 letters that can be seen.",
  capabilities: "At most 20, of 40 letters each that can be seen.",
  amount: "Credits with at most six decimals, as in 0.40; for units also what they are called and how many at most.",
  deadline: "1 to 600 seconds.",
  input: "The JSON Schema of an object with its properties.",
  output: "The JSON Schema of an object with its properties.",
  sends: "At most 20 lines, of 120 letters each that can be seen.",
  secrets:
    "At most five lines, as in api-key: X-Api-Key. Only for the studio's own HTTP contract; headers of the call itself cannot be asked for.",
};

function checkNames(form: ManifestForm, fault: Fault): void {
  for (const field of ["publisher", "name"] as const)
    if (!/^[a-z0-9-]+$/.test(form[field])) fault(field, "Small letters, digits and hyphens.");
  if (!/^\d+\.\d+\.\d+$/.test(form.version)) fault("version", "Three numbers, as in 1.0.0.");
}

function checkSchemas(sides: Record<"input" | "output", Record<string, unknown> | null>, fault: Fault): void {
  for (const side of ["input", "output"] as const)
    for (const { code } of sides[side] ? checkSchema(sides[side] as never) : [])
      fault(side, `The studio cannot check this schema: ${code.replaceAll("_", " ")}.`);
}

/** The form of what an address declares, for a person to look over. What it does not say stays as it was. */
export function formOf(manifest: AgentManifest, address: string, before: ManifestForm): ManifestForm {
  const [, publisher = "", name = "", version = ""] = /^(.+)\/(.+)@(.+)$/.exec(manifest.agent) ?? [];
  const price = writtenPrice(manifest.price);
  const amount = "kind" in price ? (price.kind === "metered" ? price.price.amount : 0n) : price.amount;
  const kind = "kind" in price ? price.kind : "per_call";
  return {
    ...before,
    ...{ address, publisher, name, version, title: manifest.title, description: manifest.description },
    ...{ capabilities: manifest.capabilities.join(", "), effect: manifest.effect, priceKind: kind },
    ...{ amount: kind === "free" ? "" : creditsOf(amount), deadline: String(manifest.deadlineMs / 1_000) },
    unit: "kind" in price && price.kind === "metered" ? price.unit : "",
    maxPerCall: "kind" in price && price.kind === "metered" ? String(price.maxPerCall) : "",
    input: JSON.stringify(manifest.input, null, 2),
    output: JSON.stringify(manifest.output, null, 2),
    sends: manifest.sends.join("\n"),
    protocol: manifest.protocol ? JSON.stringify(manifest.protocol) : "",
    secrets: (manifest.secrets ?? []).map(({ name, header }) => `${name}: ${header}`).join("\n"),
  };
}

type Fault = (field: keyof ManifestForm, problem: string) => void;

function objectIn(form: ManifestForm, field: "input" | "output" | "example", fault: Fault) {
  const read = jsonOf(form[field]);
  if (typeof read === "object" && read !== null && !Array.isArray(read)) return read as Record<string, unknown>;
  fault(field, form[field].trim() === "" ? "Is needed." : "Is no JSON object.");
  return null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Units: credits with up to six decimals in, microcredits out. Undefined for what is no amount. */
function microcreditsOf(credits: string): string | undefined {
  const [, whole = "", part = ""] = /^(\d{1,12})(?:[.,](\d{1,6}))?$/.exec(credits.trim()) ?? [];
  return whole === "" ? undefined : String(BigInt(whole + part.padEnd(6, "0")));
}

function creditsOf(microcredits: bigint): string {
  const digits = microcredits.toString().padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, "")}`;
}

function priceOf({ priceKind, amount, unit, maxPerCall }: ManifestForm): unknown {
  if (priceKind === "free") return { kind: "free" };
  const price = { currency: "microcredits", amount: microcreditsOf(amount) };
  return priceKind === "per_call"
    ? price
    : { kind: "metered", unit: unit.trim(), price, maxPerCall: Number(maxPerCall) };
}

const ADDRESS = /^(https?):\/\/([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::(\d{1,5}))?(\/[^\s?#\\]*)?$/i;
const USUAL_PORTS: Readonly<Record<string, string>> = { http: "80", https: "443" };

/** Only its shape is looked at, as the core knows no network: where it may lead is for the guard to say, at each call. */
function addressOf(text: string): string | null {
  const [, scheme = "", host = "", port, path = ""] = ADDRESS.exec(text.trim()) ?? [];
  if (host === "" || Number(port ?? 0) > 65_535) return null;
  const protocol = scheme.toLowerCase();
  const shownPort = port === undefined || port === USUAL_PORTS[protocol] ? "" : `:${Number(port)}`;
  return `${protocol}://${host.toLowerCase()}${shownPort}${path.replace(/\/+$/, "")}`;
}

function secretsIn(text: string) {
  return partsOf(text, /\n/).map((line) => {
    const [name = "", ...header] = line.split(":");
    return { name: name.trim(), header: header.join(":").trim() };
  });
}

function partsOf(text: string, by: RegExp): string[] {
  return [...new Set(text.split(by).map((part) => part.trim()))].filter(Boolean);
}

function fieldOf(name: unknown): keyof ManifestForm {
  const fields: Record<string, keyof ManifestForm> = { agent: "name", price: "amount", deadlineMs: "deadline" };
  return fields[String(name)] ?? (String(name) in ManifestForm.shape ? (name as keyof ManifestForm) : "title");
}

/** One fault a field is enough to mend it. */
function unique(faults: readonly FormFault[]): FormFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.field, fault])).values()].toReversed();
}
