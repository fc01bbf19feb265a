import type { KindName } from "@/flows/nodes/catalog";

type Common = { field: string; label: string; help?: string };

/** How one setting is filled in. `field` may lead into an object, as in `rule.by`. */
export type SettingField = Common &
  (
    | { as: "text"; max?: number; long?: boolean }
    | { as: "expression" }
    | { as: "template" }
    | { as: "number"; min: number; max: number }
    | { as: "duration" }
    | { as: "money" }
    | { as: "choice"; options: readonly { value: string; label: string }[]; initial: string }
    | { as: "toggle"; initial: boolean }
    | { as: "names" }
    | { as: "pairs"; of: "cases" | "record"; first: string; second: string; add: string }
    | { as: "json" }
    | { as: "flag"; values: readonly string[] }
  );

const OVER_VALUE = "CEL over the word value, which is what comes in.";
const ROUNDS_CAP = "All rounds together never spend more. Without one, the worst case counts every round.";
const CLASSES = ["transient", "resource", "permanent", "business"] as const;

/** The settings of every kind that has no form of its own. */
export const settingsForms: Partial<Record<KindName, readonly SettingField[]>> = {
  switch: [
    {
      as: "pairs",
      of: "cases",
      field: "cases",
      label: "Cases",
      first: "Name",
      second: "When",
      add: "Add a case",
      help: OVER_VALUE,
    },
    { as: "toggle", field: "otherwise", label: "A side for what no case takes", initial: true },
  ],
  map: [
    {
      as: "number",
      field: "most",
      label: "At most, items",
      min: 1,
      max: 10_000,
      help: "The worst case counts every one of them.",
    },
    { as: "number", field: "atOnce", label: "At once", min: 1, max: 50 },
    { as: "money", field: "cap", label: "Cap", help: ROUNDS_CAP },
  ],
  loop: [
    { as: "expression", field: "while", label: "Goes on while", help: "CEL over value and index, before every round." },
    {
      as: "number",
      field: "most",
      label: "At most, times",
      min: 1,
      max: 1_000,
      help: "The worst case counts every one of them.",
    },
  ],
  try: [
    {
      as: "number",
      field: "attempts",
      label: "Attempts",
      min: 1,
      max: 10,
      help: "What agents delivered in an attempt stays paid.",
    },
    {
      as: "flag",
      field: "catches",
      label: "Errors that it catches",
      values: CLASSES,
      help: "A refusal of people or rules is never caught.",
    },
  ],
  parallel: [{ as: "number", field: "ways", label: "Ways", min: 2, max: 20 }],
  join: [
    { as: "number", field: "inputs", label: "Inputs", min: 2, max: 20 },
    {
      as: "choice",
      field: "mode",
      label: "Waits for",
      initial: "all",
      options: [
        { value: "all", label: "All of them" },
        { value: "any", label: "Any one of them" },
        { value: "first", label: "The first few" },
      ],
    },
    { as: "number", field: "first", label: "How many, when the first few", min: 1, max: 20 },
  ],
  transform: [
    { as: "names", field: "inputs", label: "Inputs", help: "The names that expressions use, one on each line." },
    {
      as: "pairs",
      of: "record",
      field: "gives",
      label: "Gives",
      first: "Name",
      second: "Expression",
      add: "Add a value",
      help: "CEL over the inputs.",
    },
  ],
  wait: [
    { as: "duration", field: "for", label: "Waits for" },
    {
      as: "expression",
      field: "until",
      label: "Or until",
      help: "A moment, as in timestamp(value). Leave it empty to wait for a time.",
    },
    { as: "duration", field: "mostMs", label: "At most, when until a moment" },
  ],
  pay: [
    {
      as: "text",
      field: "payee",
      label: "Payee",
      max: 64,
      help: "An account, written out. No expression can name one.",
    },
    { as: "money", field: "cap", label: "At most" },
    { as: "names", field: "inputs", label: "Inputs of the amount", help: "Only for an amount that is worked out." },
    { as: "json", field: "amount", label: "Amount", help: 'Money, or an expression in quotes: "items * 1000".' },
  ],
  guard: [
    { as: "json", field: "rule", label: "Rule", help: 'By "schema", "expression" (condition) or "blocklist" (words).' },
    {
      as: "choice",
      field: "otherwise",
      label: "What does not pass",
      initial: "blocks",
      options: [
        { value: "blocks", label: "Stops the run" },
        { value: "asks", label: "Is shown to people first" },
      ],
    },
    { as: "text", field: "question", label: "Question, when people are asked", max: 280, long: true },
  ],
  model: [
    { as: "text", field: "model", label: "Model", max: 120 },
    { as: "names", field: "inputs", label: "Inputs" },
    {
      as: "template",
      field: "prompt",
      label: "Prompt",
      help: "What stands between {{ and }} is an expression over the inputs.",
    },
    { as: "json", field: "output", label: "Answer, as a JSON Schema" },
    { as: "money", field: "cap", label: "At most" },
    { as: "names", field: "tools", label: "Agents that it may call" },
    { as: "number", field: "maxCalls", label: "Calls", min: 0, max: 50 },
    { as: "number", field: "maxTurns", label: "Turns", min: 1, max: 50 },
    { as: "number", field: "maxTokens", label: "Tokens", min: 1, max: 1_000_000 },
  ],
  subflow: [
    { as: "text", field: "name", label: "Name", max: 80 },
    { as: "text", field: "flow", label: "Hash that pins it", max: 64 },
    { as: "json", field: "input", label: "Takes, as a JSON Schema" },
    { as: "json", field: "outputs", label: "Gives, each with its JSON Schema" },
  ],
  manual: [],
  schedule: [
    {
      as: "text",
      field: "cron",
      label: "Times",
      max: 100,
      help: "Minute, hour, day, month and weekday, as in 30 9 * * 1-5.",
    },
    { as: "text", field: "zone", label: "Zone", max: 64, help: "As in Europe/Vienna." },
  ],
  webhook: [{ as: "json", field: "schema", label: "Body, as a JSON Schema" }],
  event: [
    { as: "text", field: "event", label: "Event", max: 80 },
    { as: "json", field: "schema", label: "Body, as a JSON Schema" },
  ],
  note: [{ as: "text", field: "text", label: "Text", max: 4_000, long: true }],
  group: [{ as: "text", field: "about", label: "What belongs together here", max: 280, long: true }],
};
