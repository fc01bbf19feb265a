import { z } from "zod";
import { AgentId } from "../basics/ids";
import { Price } from "./price";
import { Protocol } from "./protocol";
import { SecretNeeds } from "./secret-need";

/**
 * What may be done when the answer to an effect is lost.
 * keyed: ask again, the receiver knows the operation id. safe: ask again, it changes nothing. once: ask a person.
 */
export const EffectClass = z.enum(["keyed", "safe", "once"]);
export type EffectClass = z.infer<typeof EffectClass>;

/** A JSON Schema (2020-12) of an object: its properties are the ports that the canvas draws. */
export const ObjectSchema = z.looseObject({
  type: z.literal("object"),
  properties: z.record(z.string(), z.looseObject({ type: z.string().optional(), title: z.string().optional() })),
  required: z.array(z.string()).optional(),
});
export type ObjectSchema = z.infer<typeof ObjectSchema>;

/**
 * What a publisher declares about one version of one agent, served at `GET /manifest`.
 * Units: `price` is charged for what is delivered; `deadlineMs` is how long one call may take.
 * Who is paid is not declared here: the registry knows which account the publisher owns.
 */
export const Declaration = z.strictObject({
  agent: AgentId,
  title: z.string().min(1).max(60),
  description: z.string().min(1).max(280),
  capabilities: z.array(z.string().min(1).max(40)).max(20),
  effect: EffectClass,
  price: Price,
  deadlineMs: z.number().int().min(1_000).max(600_000),
  input: ObjectSchema,
  output: ObjectSchema,
  /** What leaves the studio when this agent is called, in words a composer reads before agreeing. */
  sends: z.array(z.string().min(1).max(120)).max(20),
  /** What every person who calls it has to bring along; they give it to the studio, which keeps it sealed. */
  secrets: SecretNeeds.optional(),
  /** How it is called; left out where it speaks the studio's own HTTP contract. */
  protocol: Protocol.optional(),
});
/**
 * Letters that turn the direction of those around them, or that nobody sees: with them, words would be read otherwise than
 * they are written, next to a price or a name.
 */
const UNSEEN = /[\p{Surrogate}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const CONTROLS = /(?![\n\t])\p{Cc}/u;

/** A stranger's words as people are shown them: something to see, and nothing that hides. */
function words(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.trim() !== "", "is blank")
    .refine((text) => !UNSEEN.test(text) && !CONTROLS.test(text), "has letters that nobody sees");
}

/** What is taken from a publisher: a declaration that some adapter can hold to. What was kept before is a `Declaration`. */
export const AgentManifest = Declaration.extend({
  title: words(60),
  description: words(280),
  capabilities: z.array(words(40)).max(20),
  sends: z.array(words(120)).max(20),
}).superRefine(({ protocol, secrets, price }, context) => {
  if (protocol === undefined) return;
  // No adapter of another protocol carries either: a secret would never arrive, and a delivery would never say its units.
  const problem = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
  if (secrets !== undefined) problem("secrets", "are brought only to agents of the studio's own HTTP contract");
  if (price.kind === "metered") problem("price", "by units is said only over the studio's own HTTP contract");
});
export type AgentManifest = z.infer<typeof AgentManifest>;
