import { manifestChanges } from "@/components/panels/inspector/manifest-changes";
import type { Manifest } from "@/flows/plan/manifest";

/**
 * What the agents of a flow declare otherwise than when its plan was shown, a sentence each: `Summariser, price: 0.40
 * credits a call, now 0.55 credits a call.` None when it was something else that changed, as the drawing in another tab.
 */
export function agentsChanged(
  used: ReadonlySet<string>,
  { before, after }: { before: readonly Manifest[]; after: readonly Manifest[] },
): string[] {
  const is = new Map(after.map((manifest) => [manifest.agent, manifest]));
  return before
    .filter(({ agent }) => used.has(agent))
    .flatMap((was) => {
      const now = is.get(was.agent);
      if (!now) return [`${was.title} cannot be called any more.`];
      return manifestChanges(was, now).map(
        (change) => `${was.title}, ${change.charAt(0).toLowerCase()}${change.slice(1)}.`,
      );
    });
}
