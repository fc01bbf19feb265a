import { z } from "zod";
import { plain } from "../untrusted";
import type { Facts, Happening } from "./facts";
import type { Told } from "./told";

const TITLE = 140;
const NAME = 60;

/** As the database's triggers write it down. `waits`: from when it counts, null where it does already. */
const MeansChanged = z.object({
  means: z.enum(["passkey", "wallet"]),
  did: z.enum(["added", "removed"]),
  name: z.string(),
  waits: z.coerce.date().nullable(),
});
const Invited = z.object({ org: z.string(), name: z.string(), by: z.string() });

const settings = { sender: null, run: null, operation: null, group: null, path: "/settings", action: "Open Settings" };

/** What happened to somebody's account itself. What cannot be read is told to nobody: it would say nothing. */
export function accountTold(happening: Happening, facts: Facts): Told[] {
  const [receiver] = happening.people ?? [];
  if (receiver === undefined) return [];
  return happening.kind === "invitation_sent" ? invited(receiver, happening, facts) : meansChanged(receiver, happening);
}

function meansChanged(receiver: string, { id, about }: Happening): Told[] {
  const changed = MeansChanged.safeParse(about);
  if (!changed.success) return [];
  const { means, did, name, waits } = changed.data;
  const verb =
    means === "wallet"
      ? { added: "linked to", removed: "unlinked from" }
      : { added: "added to", removed: "removed from" };
  return [
    {
      ...settings,
      ...{ receiver, key: `means_changed/${id}`, kind: "means_changed" },
      title: plain(`A ${means} was ${verb[did]} your account: ${plain(name, NAME)}`, TITLE),
      text: did === "removed" ? GONE : waits ? WAITS[means] : CONFIRMED,
      facts: waits ? [{ name: "Counts from", value: waits.toISOString() }] : [],
      untilMs: waits?.getTime() ?? null, // quiet hours do not hold it back until it counts
    },
  ];
}

const WAITS = {
  passkey:
    "Nothing confirmed it, so it does not count yet. If it is not yours, remove it under Settings before it does: that takes no signature. Whoever added it was signed in as you.",
  wallet:
    "Nothing confirmed it, so it does not count yet, but it opens your account. If it is not yours, unlink it under Settings before it counts: that takes no signature. Whoever linked it was signed in as you.",
};
const CONFIRMED =
  "It says yes in your name from now on. If it is not yours, look under Settings at what your account signs with.";
const GONE =
  "It says no yes in your name any more. If that was not you, look under Settings at what your account signs with.";

function invited(receiver: string, { at, about }: Happening, { names }: Facts): Told[] {
  const invitation = Invited.safeParse(about);
  if (!invitation.success) return [];
  const { org, name, by } = invitation.data;
  const who = plain(names.get(by) || by, NAME);
  const day = at.toISOString().slice(0, 10); // whoever is invited, taken back and invited again is told once a day
  return [
    {
      ...settings,
      ...{ receiver, sender: by, key: `invitation_sent/${org}/${day}`, kind: "invitation_sent", untilMs: null },
      title: plain(`${who} invites you to ${plain(name, NAME)}`, TITLE),
      text: "You belong to it, and are asked in its name, only once you join. Join or decline under Settings within 14 days.",
      facts: [{ name: "Organisation", value: plain(org, NAME) }],
    },
  ];
}
