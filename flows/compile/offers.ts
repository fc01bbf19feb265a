import type { Offer } from "../nodes/kind";
import type { JsonSchema } from "../types/json-schema";
import { type Label, labelsAfter, labelsOf } from "../types/labels";
import { type Body, type Known, within } from "./known";
import type { Instance, Making } from "./making";
import type { Placed } from "./place-node";
import { sameSchema } from "./schema-table";

/** Notes what each output of a node stands for, so that whoever is wired to it can take it. */
export function offerOutputs(making: Making, instance: Instance, { placed, body, inner }: Offered): void {
  const { node, lowered } = placed;
  if (lowered.trigger)
    instance.triggers.push({ node: node.node.id, ...lowered.trigger } as Instance["triggers"][number]);
  for (const [output, offer] of Object.entries(lowered.offers)) {
    const known = knownFrom(offer, { making, instance, placed, body, inner });
    if (known) instance.known.set(`${node.node.id}/${output}`, known);
  }
}

type Offered = { placed: Placed; body: Body; inner: Body };
type Offering = Offered & { making: Making; instance: Instance };

function knownFrom(offer: Offer, offering: Offering): Known | undefined {
  const { placed, body, instance } = offering;
  switch (offer.value) {
    case "made":
      return madeBy(offer, offering);
    case "passed_on": {
      const passed = placed.brought.get(offer.input);
      if (!passed) return undefined;
      const schema = offer.schema === undefined ? passed.schema : sameSchema(offer.schema);
      const source = within(passed.source, offer.at);
      const on = { ...passed, source, schema, optional: passed.optional || (offer.optional ?? false) };
      if (!offer.after) return on;
      const gates = [{ step: placed.placeOf.get(offer.after.step) ?? -1, port: offer.after.port }];
      return { ...on, gates, body };
    }
    case "run_input":
      return startedWith(offer, offering);
    case "each":
      return inRound(offer, offering);
    default: {
      const source = { from: "constant", value: offer.is } as const;
      const { schema = { const: offer.is } } = offer;
      return {
        source,
        gates: instance.base,
        body,
        schema,
        labels: labelsOf(schema),
        tainted: false,
        optional: false,
      };
    }
  }
}

function madeBy(
  { step, field, port, schema, optional = false }: Extract<Offer, { value: "made" }>,
  offering: Offering,
): Known {
  const { making, placed, body } = offering;
  const place = placed.placeOf.get(step) ?? -1;
  const op = placed.lowered.steps.find(({ name }) => name === step)?.instruction.op;
  const brought = [...placed.brought.values()];
  // Where not all ways are waited for, whoever decides which of them opens, or when, has a say in what is taken.
  const chooses = making.steps[place]?.need !== undefined && making.steered.has(place);
  const speaks = op === "call" || op === "model" || chooses;
  return {
    source: { from: "step", step: place, field },
    gates: [{ step: place, port }],
    body,
    schema: sameSchema(schema),
    labels: labelsAfter(new Set(brought.flatMap(({ labels }): readonly Label[] => labels)), schema),
    tainted: speaks || (op !== "pay" && brought.some(({ tainted }) => tainted)),
    optional,
  };
}

/** What every round of a container brings. What a loop carries comes from its body, so an agent may have had a say. */
function inRound({ field, schema }: Extract<Offer, { value: "each" }>, { placed, inner }: Offering): Known {
  const source = { from: "each", step: placed.first, field } as const;
  const plain = { source, gates: [], body: inner, schema: sameSchema(schema), optional: false };
  if (field === "index") return { ...plain, labels: [], tainted: false };
  const brought = placed.brought.get(field === "item" ? "items" : "value");
  const carried = field === "value" && placed.ends.has("next");
  return { ...plain, labels: brought?.labels ?? [], tainted: carried || (brought?.tainted ?? false) };
}

/** The run's own input, or what is wired to the node in whose place a pinned flow stands. */
function startedWith(
  { field, schema }: { field: string; schema: JsonSchema },
  { instance, placed, body }: Offering,
): Known | undefined {
  const { lowered, node } = placed;
  if (instance.given) return instance.given.get(field);
  const name = lowered.trigger ? node.node.id : field;
  if (lowered.trigger && typeof schema === "object") instance.startedWith[name] = schema;
  const required = lowered.runInput?.required?.includes(field) ?? false;
  const source = { from: "input", field: name } as const;
  return {
    source,
    gates: [],
    body: topOf(body),
    schema: sameSchema(schema),
    labels: labelsOf(schema),
    tainted: false,
    optional: !required,
  };
}

function topOf(body: Body): Body {
  return body.around ? topOf(body.around) : body;
}
