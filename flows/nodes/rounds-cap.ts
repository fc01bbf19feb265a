import { Money } from "../basics/money";
import { shown } from "./shown";

/** The cap of a container, for all of its rounds together. */
export const RoundsCap = Money.optional().meta(
  shown({
    title: "Cap",
    description: "All rounds together never spend more. Without one, the worst case counts every round in full.",
    control: "money",
  }),
);

/** The cap as its instruction has it: only where somebody set one. */
export const under = (cap: Money | undefined) => (cap === undefined ? {} : { cap });
