import type { FlowId } from "@/flows/basics/ids";
import { rebase } from "@/flows/graph/deed";
import { nothingCompiled } from "./compile-slice";
import type { Recovered } from "./journal";
import { noRun } from "./run-slice";
import { nothingSaved, type Saved } from "./saving-slice";
import { nothingSelected } from "./selection-slice";
import { useStudio } from "./studio-store";

/** Puts a flow on the table as the server has it. */
export function openFlow(flow: FlowId, saved: Saved) {
  useStudio.setState({
    ...nothingSaved,
    ...nothingCompiled,
    ...noRun,
    ...{ flow, saved, document: saved.document, selection: nothingSelected },
    ...{ past: [], future: [], pending: [], growing: null, apart: [] },
  });
}

/** Takes up what a page before this one left behind: its deeds go below what was done here meanwhile. True when there were any. */
export function takeUp({ deeds, steps }: Recovered): boolean {
  const { saved, pending, past, future } = useStudio.getState();
  if (!saved) return false;
  const here = new Set(pending.map(({ id }) => id));
  const found = deeds.filter(({ id }) => !here.has(id));
  const all = [...found, ...pending];
  const undo =
    steps && past.length === 0 && future.length === 0 ? steps : { past: [...(steps?.past ?? []), ...past], future };
  useStudio.setState({
    ...undo,
    ...(found.length > 0 ? { pending: all, document: rebase(saved.document, all) } : {}),
  });
  return found.length > 0;
}
