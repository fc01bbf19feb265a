"use client";

import type { ShownQuestion } from "@/components/api/answers";
import { useAccount } from "@/components/api/providers";
import { valueWords } from "@/components/panels/approvals/question-words";
import { Moment } from "@/components/panels/runs/moment";

type ChangeListProps = Pick<ShownQuestion, "changes" | "names">;

/** Who changed which value since the run asked: from what, to what, when. Each has agreed to what they made of it. */
export function ChangeList({ changes, names }: ChangeListProps) {
  const { id: me } = useAccount();
  const nameOf = (id: string) => (id === me ? "you" : (names[id] ?? id));
  return (
    <ol aria-label="Changes" className="flex flex-col gap-1">
      {changes.map(({ by, of, atMs, comment, values }) => (
        <li key={`${atMs} ${by}`}>
          {values.map(({ title, was, is }) => (
            <span key={title} className="block break-words">
              {title} from <span className="font-mono">{valueWords(was)}</span> to{" "}
              <span className="font-mono font-strong">{valueWords(is)}</span>
            </span>
          ))}
          <span className="text-muted">
            by {nameOf(by)}
            {of && ` in the place of ${nameOf(of)}`}, <Moment at={new Date(atMs)} look="exact" />
          </span>
          {comment && <q className="block text-muted">{comment}</q>}
        </li>
      ))}
    </ol>
  );
}
