import type { DataLeaving } from "../around";
import type { Plan } from "../plan";
import type { PlanChange } from "./change";

/** Which fields leave to whom that did not before, and what they may carry. [D3] */
export function dataChanges(before: Plan, after: Plan): PlanChange[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const added = [...is].filter(([field]) => !was.has(field)).map(([, words]) => change(`Leaves now: ${words}`, "more"));
  const gone = [...was]
    .filter(([field]) => !is.has(field))
    .map(([, words]) => change(`Leaves no more: ${words}`, "less"));
  return [...added, ...gone];
}

function change(message: string, direction: PlanChange["direction"]): PlanChange {
  return { risk: "data", message, nodes: [], direction };
}

function fieldsOf({ data }: Plan): ReadonlyMap<string, string> {
  return new Map(
    data.flatMap(({ to, fields, sends }) => [
      ...fields.map(({ field, carries }) => {
        const labels = carries.length > 0 ? ` (${carries.join(", ")})` : "";
        const words = `${field}${labels} to ${receiver(to)}`;
        return [words, words] as const;
      }),
      ...sends.map((sent) => [`${receiver(to)} sends ${sent}`, `${receiver(to)} says: ${sent}`] as const),
    ]),
  );
}

function receiver(to: DataLeaving["to"]): string {
  if ("agent" in to) return to.agent;
  return "model" in to ? to.model : to.approver;
}
