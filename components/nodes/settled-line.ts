import { formatDuration } from "@/components/ui/duration";
import type { FlowNode } from "@/flows/graph/graph";

type Settings = FlowNode["settings"];

const text = (value: unknown) => (typeof value === "string" ? value : "");
const count = (value: unknown, one: string, many: string) => {
  const number = Number(value);
  return Number.isFinite(number) ? `${number} ${number === 1 ? one : many}` : "?";
};
const listed = (value: unknown) => (Array.isArray(value) ? value.map(String).join(", ") : "");
const duration = (value: unknown) => (typeof value === "number" ? formatDuration(value) : "?");

/** What a node does, in the few words that its second line has room for. */
export const secondLine: Readonly<Record<string, (settings: Settings) => string>> = {
  model: ({ model }) => text(model) || "No model yet",
  switch: ({ cases }) =>
    Array.isArray(cases) ? cases.map((each) => text((each as { name?: unknown })?.name)).join(", ") : "No case yet",
  map: ({ most, atOnce = 4 }) => `At most ${count(most, "item", "items")}, ${String(atOnce)} at once`,
  loop: ({ most }) => `At most ${count(most, "time", "times")}`,
  try: ({ attempts }) => count(attempts, "attempt", "attempts"),
  parallel: ({ ways = 2 }) => count(ways, "way", "ways"),
  join: ({ mode = "all", inputs = 2, first }) =>
    mode === "all"
      ? "Waits for all"
      : mode === "any"
        ? "Goes on with any"
        : `The first ${String(first ?? "?")} of ${String(inputs)}`,
  transform: ({ gives }) => Object.keys((gives ?? {}) as object).join(", ") || "Gives nothing yet",
  wait: (settings) => ("until" in settings ? `Until ${text(settings.until)}` : duration(settings.for)),
  subflow: ({ name, flow }) => text(name) || text(flow).slice(0, 8),
  guard: ({ rule, otherwise }) =>
    `${{ schema: "By a schema", expression: "By a condition", blocklist: "By a list of words" }[text((rule as { by?: unknown })?.by)] ?? "No rule yet"}, ${text(otherwise)}`,
  manual: () => "Started by a person",
  schedule: ({ cron, zone = "UTC" }) => `${text(cron)} ${String(zone)}`,
  webhook: () => "Started by a call",
  event: ({ event }) => text(event),
  note: ({ text: words }) => text(words),
  group: ({ about }) => text(about),
  approval: ({ approvers }) => listed(approvers),
};
