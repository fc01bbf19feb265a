import { compile } from "@/flows/compile/compile";
import type { FlowDocument } from "@/flows/graph/graph";
import { catalog } from "@/flows/nodes/catalog";
import type { Manifests } from "@/flows/nodes/kind";
import { type Looks, planDiff } from "@/flows/plan/diff/plan-diff";
import type { Models } from "@/flows/plan/rates";
import type { Compared } from "../store/compile-slice";
import { problemOf } from "./answer-compile";

type Known = { manifests: Manifests; models?: Models };

/** What a change of a drawing would mean for a run, and what would be wrong after it. Runs in the worker. */
export function answerCompare(before: FlowDocument, after: FlowDocument, known: Known): Compared {
  const [was, is] = [before, after].map((document) => compile(document, { kinds: catalog, ...known }));
  const problems = is?.ok === false ? is.error.map(problemOf) : [];
  if (!was?.ok || !is?.ok) return { changes: null, problems };
  const looks = { before: looksOf(before), after: looksOf(after) };
  return { changes: planDiff(was.value.plan, is.value.plan, looks), problems };
}

function looksOf({ nodes, layout }: FlowDocument): Looks {
  return { titles: Object.fromEntries(nodes.map(({ id, title }) => [id, title])), layout };
}
