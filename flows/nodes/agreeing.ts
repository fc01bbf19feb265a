import { z } from "zod";
import { Approver } from "../basics/ids";
import { type Agreement, isGroup, SIMPLE } from "../plan/agreement";
import { canonicalJson } from "../plan/canonical";
import { type Edited, EditSetting, editableOf, editFaults } from "./editing";
import { EvidenceSetting, evidenceOf } from "./evidence-setting";
import type { LowerError } from "./kind";
import { eachOnce, TWICE } from "./names";
import { shown } from "./shown";

const DAY_MS = 86_400_000;
const DAY_NAMES = { 1: "Mon", 2: "Tue", 3: "Wed", 4: "Thu", 5: "Fri", 6: "Sat", 7: "Sun" };
const APPROVER =
  "^(@starter|[A-Za-z0-9][A-Za-z0-9_.-]{0,63}|@(role|group):[a-z0-9][a-z0-9-]{0,39}/[a-z0-9][a-z0-9-]{0,39})$";
const Count = z.number().int().min(1).max(100);
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time of day, as in 09:30.");
const clock = (title: string) =>
  Clock.meta(
    shown({
      title,
      wants: "A time of day, as in 09:30.",
      keywords: { pattern: "^([01]\\d|2[0-3]):[0-5]\\d$" },
    }),
  );

const RungSetting = z.strictObject({
  afterMs: z
    .number()
    .int()
    .min(60_000)
    .max(90 * DAY_MS)
    .meta(shown({ title: "After", description: "Without a decision.", control: "duration", fresh: 3_600_000 })),
  approvers: z
    .array(Approver)
    .max(20)
    .meta(
      shown({
        title: "Who is asked as well",
        description: "Nobody: those who were asked are reminded.",
        control: "approvers",
      }),
    )
    .default([]),
  hours: z
    .strictObject({
      zone: z
        .string()
        .min(1)
        .max(64)
        .meta(shown({ title: "Time zone", control: "zone", fresh: "UTC" })),
      days: z
        .array(z.enum(["1", "2", "3", "4", "5", "6", "7"]))
        .min(1)
        .max(7)
        .meta(shown({ title: "Days", names: DAY_NAMES }))
        .default(["1", "2", "3", "4", "5"]),
      from: clock("From").default("09:00"),
      to: clock("To").default("17:00"),
    })
    .meta(shown({ title: "Working hours", description: "Only these count. Without them every hour does." }))
    .optional(),
});
type RungSetting = z.infer<typeof RungSetting>;

/** What it takes to decide, beside who may. */
export const AgreeingSettings = {
  needs: Count.meta(shown({ title: "Yeses needed", description: "What they come to, where weights are set." })).default(
    1,
  ),
  against: Count.meta(
    shown({ title: "Noes that refuse", description: "One no refuses, unless more are asked for." }),
  ).default(1),
  weights: z
    .array(
      z.strictObject({
        approver: z
          .string()
          .regex(new RegExp(APPROVER), "An approver that is named above.")
          .meta(
            shown({
              title: "Approver",
              description: "As it is named above.",
              wants: "An approver that is named above.",
              keywords: { pattern: APPROVER },
            }),
          ),
        weight: Count.meta(shown({ title: "Counts as", fresh: 2 })),
      }),
    )
    .max(20)
    .refine((list) => eachOnce(list.map(({ approver }) => approver)), TWICE)
    .meta(shown({ title: "Weights", one: "weight", differBy: "approver", description: "Who counts more than one." }))
    .default([]),
  edits: z
    .array(EditSetting)
    .max(20)
    .meta(
      shown({
        title: "May be edited",
        one: "value",
        description: "Whoever edits has agreed to that; everybody else is asked again.",
      }),
    )
    .default([]),
  ladder: z
    .array(RungSetting)
    .max(5)
    .meta(shown({ title: "When nobody decides", one: "step", description: "Who is asked as well, and when." }))
    .default([]),
  evidence: EvidenceSetting,
};

/** The settings of an agreement as they come out of a form. */
export type Agreeing = {
  needs: number;
  against: number;
  weights: readonly { approver: string; weight: number }[];
  edits: readonly Edited[];
  ladder: readonly RungSetting[];
  evidence?: z.infer<typeof EvidenceSetting>;
};

type Asked = Agreeing & { approvers: readonly Approver[]; timeoutMs: number };

/** What nobody could ever answer, and what would never come: each with its field. */
export function agreementFaults(settings: Asked, subject: Parameters<typeof editFaults>[1]): LowerError[] {
  return [
    ...reachFaults(settings),
    ...weightFaults(settings),
    ...ladderFaults(settings),
    ...editFaults(settings.edits, subject),
  ];
}

function fault(field: string, problem: string): LowerError {
  return { code: "settings_invalid", field, problem };
}

/** How many are in a group only the run finds out; where everybody is named, it is known now. */
function reachFaults({ approvers, needs, weights, ladder }: Asked): LowerError[] {
  const everybody = [...new Set([...approvers, ...ladder.flatMap((rung) => rung.approvers)])];
  if (everybody.some(isGroup)) return [];
  const weightOf = new Map<string, number>(weights.map(({ approver, weight }) => [approver, weight]));
  const most = everybody.reduce((total, approver) => total + (weightOf.get(approver) ?? 1), 0);
  const problem = `Yeses have to come to ${needs}, and all who are asked come to ${most}.`;
  return most < needs ? [fault("needs", problem)] : [];
}

function weightFaults({ approvers, weights, ladder }: Asked): LowerError[] {
  const everybody = new Set<string>([...approvers, ...ladder.flatMap((rung) => rung.approvers)]);
  return weights.flatMap(({ approver }, place) =>
    everybody.has(approver) ? [] : [fault(`weights.${place}.approver`, `${approver} is not asked.`)],
  );
}

const STARTER_LATE =
  "Whoever starts the run has no say here, so nobody would be asked: name them under Who may answer, or ask somebody else.";

function ladderFaults({ approvers, ladder, timeoutMs }: Asked): LowerError[] {
  return ladder.flatMap(({ afterMs, hours, approvers: more }, place) => {
    const faults: LowerError[] = [];
    if (more.includes("@starter") && !approvers.includes("@starter"))
      faults.push(fault(`ladder.${place}.approvers`, STARTER_LATE));
    if (afterMs >= timeoutMs)
      faults.push(fault(`ladder.${place}.afterMs`, "The time to answer is over before this step comes."));
    if (afterMs <= (ladder[place - 1]?.afterMs ?? 0))
      faults.push(fault(`ladder.${place}.afterMs`, "Each step comes after the one before it."));
    if (hours && !isZone(hours.zone)) faults.push(fault(`ladder.${place}.hours.zone`, "There is no such time zone."));
    if (hours && hours.from === hours.to)
      faults.push(fault(`ladder.${place}.hours.to`, "The hours end at another time than they begin."));
    return faults;
  });
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The agreement as the plan has it; null for the one that every question has that says nothing about it. [N9] */
export function agreementFrom({
  approvers,
  needs = 1,
  against = 1,
  weights = [],
  edits = [],
  ladder = [],
  evidence,
}: Partial<Agreeing> & Pick<Asked, "approvers">): Agreement | null {
  const uneven = weights.filter(({ weight }) => weight !== 1);
  const takes = evidenceOf(evidence);
  const agreement: Agreement = {
    ...(takes ? { evidence: takes } : {}),
    least: needs,
    against,
    weights: Object.fromEntries(uneven.map(({ approver, weight }) => [approver, weight])),
    starter: approvers.includes("@starter") ? "may" : "barred",
    edits: edits.map(editableOf),
    ladder: ladder.map(({ afterMs, approvers: more, hours }) => ({
      afterMs,
      hours: hours ? { ...hours, days: [...new Set(hours.days.map(Number))].sort() } : null,
      approvers: [...new Set(more)].sort(),
    })),
  };
  return canonicalJson(agreement) === canonicalJson(SIMPLE) ? null : agreement;
}
