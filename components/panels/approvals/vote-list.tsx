"use client";

import type { ShownQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { evidenceWords } from "@/components/panels/approvals/question-words";
import { Moment } from "@/components/panels/runs/moment";

type Vote = ShownQuestion["question"]["votes"][number];
type Names = ShownQuestion["names"];

/** Who has said what so far: when, in which capacity, in whose place, with what evidence and in which words. */
export function VoteList({
  votes,
  names,
  edits,
}: {
  votes: readonly Vote[];
  names: Names;
  edits: readonly { title: string }[];
}) {
  const { id: me } = useAccount();
  const nameOf = (id: string) => (id === me ? "you" : (names[id] ?? id));
  return votes.map((vote) => (
    <li key={vote.by}>
      <Moment at={new Date(vote.atMs)} look="exact" />: {vote.answer === "approved" ? "approved" : "refused"} by{" "}
      {nameOf(vote.by)}
      {vote.of && ` in the place of ${nameOf(vote.of)}`}
      {vote.as.startsWith("@") && ` as ${vote.as}`}, {evidenceWords(vote.evidence.kind)}
      {vote.edits.map(({ place, value }) => (
        <span key={place}>
          {" "}
          · {edits[place]?.title ?? "a value"} changed to {String(value)}
        </span>
      ))}
      {vote.comment && <q className="block text-muted">{vote.comment}</q>}
    </li>
  ));
}
