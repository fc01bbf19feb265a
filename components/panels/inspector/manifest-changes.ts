import { sameJson } from "@/flows/basics/same-json";
import type { Manifest } from "@/flows/plan/manifest";
import type { ObjectSchema } from "@/flows/types/agent-manifest";
import { priceWords } from "@/flows/types/price-words";

/** What a newer version of an agent declares otherwise, as far as a composer has to know it: money first, then data. */
export function manifestChanges(before: Manifest, after: Manifest): string[] {
  return [
    ...differ("Price", priceWords(before.price), priceWords(after.price)),
    ...differ("Paid to", before.payee, after.payee),
    ...differ("Publisher", before.publisher, after.publisher),
    ...minus(after.sends, before.sends).map((sent) => `Leaves now: ${sent}`),
    ...minus(before.sends, after.sends).map((sent) => `Leaves no longer: ${sent}`),
    ...fieldChanges("Input", before.input, after.input),
    ...fieldChanges("Output", before.output, after.output),
    ...differ("When its answer is lost", LOST[before.effect], LOST[after.effect]),
    ...differ("Seconds that a call may take", String(before.deadlineMs / 1_000), String(after.deadlineMs / 1_000)),
  ];
}

const LOST: Record<Manifest["effect"], string> = {
  keyed: "it is asked again",
  safe: "it is asked again",
  once: "a person is asked",
};

const differ = (what: string, was: string, is: string) => (was === is ? [] : [`${what}: ${was}, now ${is}`]);

const minus = (all: readonly string[], some: readonly string[]) => all.filter((each) => !some.includes(each));

/** How one side of a signature changed, field by field. */
export function fieldChanges(side: "Input" | "Output", before: ObjectSchema, after: ObjectSchema): string[] {
  const [was, is] = [before.properties, after.properties];
  const added = minus(Object.keys(is), Object.keys(was));
  const gone = minus(Object.keys(was), Object.keys(is));
  const both = Object.keys(is).filter((name) => Object.hasOwn(was, name));
  return [
    ...added.map((name) => `${side} ${name} is new${needed(after, name) ? ", and required" : ""}`),
    ...gone.map((name) => `${side} ${name} is gone`),
    ...both.filter((name) => !sameJson(was[name], is[name])).map((name) => `${side} ${name} takes another form`),
    ...both
      .filter((name) => needed(before, name) !== needed(after, name))
      .map((name) => `${side} ${name} is ${needed(after, name) ? "required now" : "no longer required"}`),
  ];
}

const needed = ({ required = [] }: ObjectSchema, name: string) => required.includes(name);
