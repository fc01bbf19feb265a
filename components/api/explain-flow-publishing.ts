import type { Money } from "@/flows/basics/money";
import { inWords } from "@/flows/basics/money-words";

const UNPUBLISHED = "Nothing was published.";

/** What is said when a flow cannot be published as an agent. */
export const flowPublishingWords = {
  agent_name_taken: ({ agent }: { agent: string }) => ({
    what: `${agent} is taken: by another declaration, or its publisher's name is somebody else's.`,
    safe: UNPUBLISHED,
    next: "Choose another name, or a new version.",
  }),
  flow_asks_people: () => ({
    what: "This flow waits for people or for a time, and an agent answers by itself.",
    safe: UNPUBLISHED,
    next: "Take the approvals and waits out of it, and leave them to those who call it.",
  }),
  flow_calls_itself: ({ agent }: { agent: string }) => ({
    what: `By calling ${agent} this flow would come to call itself, or too deep.`,
    safe: UNPUBLISHED,
    next: "Take that agent out of the flow.",
  }),
  price_below_bound: ({ price, bound }: { price: Money; bound: Money }) => ({
    what: `A call may cost you ${inWords(bound)}, and would bring ${inWords(price)}.`,
    safe: UNPUBLISHED,
    next: "Raise the price to the worst case, or say that you cover the difference.",
  }),
  price_unusable: ({ problem }: { problem: string }) => ({
    what: problem,
    safe: UNPUBLISHED,
    next: "Set another price.",
  }),
};
