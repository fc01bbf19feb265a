import { OperationId } from "../basics/ids";
import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import type { Agreement, Editable } from "../plan/agreement";

/** What somebody who answers has put in the place of a value. `place` is the one in the agreement's list of what may be. */
export type Edit = { place: number; value: string | number | boolean };

/** Under this name the edits come to the step that works them out: no input is called so, for it has spaces. */
export const EDITS = "edits of approvers";

/** A question may be changed so often, each time as a question of its own. */
export const MOST_EDITS = 20;

/** The last leg of a question's operation: a step, too, may be called ask. */
const LEG = /\/ask(?:\.(\d+))?$/;

/** How often the question behind an operation was changed before it was put. */
export function timesChanged(operation: OperationId): number {
  return Number(LEG.exec(operation)?.[1] ?? "0");
}

/** The operation that a question has once it was changed so often; the first is the one that the run asked by itself. */
export function askedAfter(operation: OperationId, times: number): OperationId {
  const stem = operation.replace(LEG, "");
  return OperationId.parse(times === 0 ? `${stem}/ask` : `${stem}/ask.${times}`);
}

/** What is wrong with an edit, in a sentence; null when the plan allows it. [R51] */
export function editFault({ edits }: Pick<Agreement, "edits">, { place, value }: Edit): string | null {
  const may = edits[place];
  if (!may) return "This value may not be changed.";
  switch (may.type) {
    case "number":
      return numberFault(may, value);
    case "text": {
      const fits = typeof value === "string" && value.length <= may.most;
      return fits ? null : `${may.title} is a text of at most ${may.most} characters.`;
    }
    case "choice": {
      const fits = typeof value === "string" && may.among.includes(value);
      return fits ? null : `${may.title} is one of ${may.among.join(", ")}.`;
    }
    default:
      return typeof value === "boolean" ? null : `${may.title} is yes or no.`;
  }
}

function numberFault(may: Extract<Editable, { type: "number" }>, value: Edit["value"]): string | null {
  const { title, least, most, whole } = may;
  if (typeof value !== "number" || !Number.isFinite(value)) return `${title} is a number.`;
  if (whole && !Number.isSafeInteger(value)) return `${title} is a whole number.`;
  return value < least || value > most ? `${title} is ${value}, and may be from ${least} to ${most}.` : null;
}

/** What is changed after all: of two edits of one value the later. In the order of the agreement. */
export function mergedEdits(before: readonly Edit[], after: readonly Edit[]): Edit[] {
  const byPlace = new Map([...before, ...after].map((edit) => [edit.place, edit]));
  return [...byPlace.values()].sort((a, b) => a.place - b.place);
}

type Refusal = { code: "edit_invalid"; reason: string };
type Given = Readonly<Record<string, Json>>;

/** The values that are shown, with what was edited in its place. Each edit is held against the plan once more. [R51] */
export function withEdits({ edits: allowed }: Agreement, given: Given): Result<Record<string, Json>, Refusal> {
  const { [EDITS]: list, ...shown } = given;
  const made: Record<string, Json> = { ...shown };
  const invalid = (reason: string) => err({ code: "edit_invalid", reason } as const);
  for (const edit of Array.isArray(list) ? (list as unknown as Edit[]) : []) {
    const fault = editFault({ edits: allowed }, edit);
    const may = allowed[edit.place];
    if (fault || !may) return invalid(fault ?? "This value may not be changed.");
    const put = putAt(made[may.field], may.at, edit.value);
    if (put === undefined) return invalid(`There is no ${may.title} in what came in.`);
    made[may.field] = put;
  }
  return ok(made);
}

/** A value with another one at the end of a way into it; undefined when the way leads nowhere. */
function putAt(whole: Json | undefined, at: Editable["at"], value: Json): Json | undefined {
  const [first, ...rest] = at;
  if (whole === undefined) return undefined;
  if (first === undefined) return value;
  if (Array.isArray(whole)) {
    const put = typeof first === "number" ? putAt(whole[first], rest, value) : undefined;
    return put === undefined ? undefined : whole.map((item, place) => (place === first ? put : item));
  }
  if (typeof whole !== "object" || whole === null || !Object.hasOwn(whole, String(first))) return undefined;
  const put = putAt((whole as Record<string, Json>)[String(first)], rest, value);
  return put === undefined ? undefined : { ...whole, [String(first)]: put };
}
