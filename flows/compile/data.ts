import type { AgentId } from "../basics/ids";
import type { Manifests } from "../nodes/kind";
import { everybodyAsked } from "../plan/agreement";
import type { DataLeaving } from "../plan/around";
import type { Instruction } from "../plan/instructions";
import type { Label } from "../types/labels";
import type { Making } from "./making";

type Carried = DataLeaving["fields"][number]["carries"][number];
type Leaving = {
  to: DataLeaving["to"];
  publisher: DataLeaving["publisher"];
  sends: readonly string[];
  fields: Map<string, { field: string; carries: Set<Carried> }>;
};

const CARRIED: readonly Label[] = ["personal", "secret", "money"];

/** Which fields leave to whom, and what they may carry: each receiver once, by name. [C13] */
export function dataLeaving({ steps, taken, registry }: Pick<Making, "steps" | "taken" | "registry">): DataLeaving[] {
  const leaving = new Map<string, Leaving>();
  for (const [place, { instruction, takes }] of steps.entries())
    for (const receiver of receiversOf(instruction, registry.manifests)) {
      const key = JSON.stringify(receiver.to);
      const known = leaving.get(key) ?? receiver;
      leaving.set(key, known);
      for (const field of Object.keys(takes)) carry(known, field, taken.get(place)?.get(field)?.labels ?? []);
    }
  return inOrder(leaving).map(({ fields, ...receiver }) => ({
    ...receiver,
    fields: inOrder(fields).map(({ field, carries }) => ({ field, carries: [...carries].sort() })),
  }));
}

function carry({ fields }: Leaving, field: string, labels: readonly Label[]): void {
  const known = fields.get(field) ?? { field, carries: new Set<Carried>() };
  fields.set(field, known);
  for (const label of labels) if (CARRIED.includes(label)) known.carries.add(label as Carried);
}

function inOrder<T>(byName: ReadonlyMap<string, T>): T[] {
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

function receiversOf(instruction: Instruction, manifests: Manifests): Leaving[] {
  const agent = (id: AgentId): Leaving => {
    const manifest = manifests.get(id);
    return { to: { agent: id }, publisher: manifest?.payee ?? null, sends: manifest?.sends ?? [], fields: new Map() };
  };
  switch (instruction.op) {
    case "call":
      return [agent(instruction.agent)];
    case "model": {
      const { model, payee: publisher } = instruction;
      return [{ to: { model }, publisher, sends: [], fields: new Map() }];
    }
    case "ask":
      return everybodyAsked(instruction).map((approver) => ({
        to: { approver },
        publisher: null,
        sends: [],
        fields: new Map(),
      }));
    default:
      return [];
  }
}
