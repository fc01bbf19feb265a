/** What the choices of a search are called. What is not here is shown as it is. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  band: {
    free: "Free",
    low: "Up to 0.50 credits",
    middle: "0.50 to 2.00 credits",
    high: "Above 2.00 credits",
  },
  protocol: { http: "Studio contract", mcp: "MCP", openapi: "OpenAPI", a2a: "A2A", flow: "Flow" },
  effect: { keyed: "Safe to repeat by key", safe: "Changes nothing", once: "Only once" },
  publisher: { house: "The studio itself", outside: "Others" },
  state: { active: "Active", deprecated: "Deprecated" },
};

export const facetWord = (facet: string, value: string): string => WORDS[facet]?.[value] ?? value;

const ORDER_OF: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(WORDS).map(([facet, words]) => [facet, Object.keys(words)]),
);

/** In the order of the table above, then whatever else there is. */
export function inOrder<One extends { value: string }>(facet: string, counts: readonly One[]): One[] {
  const place = ({ value }: One) => {
    const found = ORDER_OF[facet]?.indexOf(value) ?? -1;
    return found < 0 ? Number.MAX_SAFE_INTEGER : found;
  };
  return counts.toSorted((a, b) => place(a) - place(b));
}

export const agentsWord = (count: number) => `${count.toLocaleString("en")} ${count === 1 ? "agent" : "agents"}`;

/** What a probe found, by the check that failed: to whoever looks at an agent, and not only to who publishes it. */
export const problemWord = (check: string): string => PROBLEMS[check] ?? "it failed a check";

const PROBLEMS: Readonly<Record<string, string>> = {
  outage: "it does not answer",
  health: "it does not say that it is well",
  manifest: "it declares something else than was reviewed",
  schema: "it did not deliver what its schema says",
  after_payment: "it stopped delivering once it was paid",
};
