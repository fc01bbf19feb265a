import { isContainer } from "../plan/instructions";
import { labelsAfter } from "../types/labels";
import { type Body, gatesIn, inOrder, type Known } from "./known";
import type { Instance, Making } from "./making";
import { isInside, judgeEnd, type Placed } from "./place-node";
import { sameSchema } from "./schema-table";

type Closing = { placed: Placed; inner: Body };

/** Fills in what a container could not know before its body was placed: how long it is, and what comes of a round. [C9] */
export function closeContainer(making: Making, instance: Instance, { placed, inner }: Closing): void {
  const { node, ends, around, first } = placed;
  const step = making.steps[first];
  if (!step || !isContainer(step.instruction)) throw new TypeError(`${node.node.id} has no body`);
  const expects = node.expects(around);
  const inside = new Map<string, Known>();
  for (const [input, { node: from, output }] of ends) {
    const known = isInside(node, input) ? instance.known.get(`${from}/${output}`) : undefined;
    if (!known) continue;
    inside.set(input, known);
    const takes = expects[input];
    judgeEnd(making, { node, input, known, ...(takes === undefined ? {} : { takes }) });
  }
  const [kept] = inside.values();
  const gives = kept ? { value: kept.source, gates: inOrder(gatesIn(inner, kept)) } : null;
  const gates = inOrder([...step.gates, ...inner.hoisted.values()]);
  const length = making.steps.length - first - 1;
  making.steps[first] = { ...step, gates, instruction: { ...step.instruction, body: length, gives } };
  for (let place = first + 1; place <= first + length; place++)
    if (making.steered.has(place)) making.steered.add(first);
  finishOutputs(instance, placed, inside);
}

/** What comes out of a container is known once it is known what comes of a round. */
function finishOutputs(instance: Instance, { node }: Placed, inside: ReadonlyMap<string, Known>): void {
  const [kept] = inside.values();
  const schemas = node.finish(new Map([...inside].map(([input, known]) => [input, known.schema])));
  for (const { name: output } of node.ports?.outputs ?? []) {
    const key = `${node.node.id}/${output}`;
    const known = instance.known.get(key);
    if (!known) continue;
    const schema = schemas[output] === undefined ? known.schema : sameSchema(schemas[output]);
    const labels = labelsAfter(new Set([...known.labels, ...(kept?.labels ?? [])]), schema);
    const tainted = known.tainted || (kept?.tainted ?? false) || output === "error";
    instance.known.set(key, {
      ...known,
      schema,
      labels,
      tainted,
      optional: known.optional || (!kept && output !== "error"),
    });
  }
}
