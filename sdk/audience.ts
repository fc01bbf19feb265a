import { type Report, TEXT_SENT, type Tell } from "./report";

/** Who listens to one piece of work. Whoever comes late is told first what was said before. */
export type Audience = { tell: Tell; join(tell: Tell): void; close(): void };

export function openAudience(): Audience {
  const listeners = new Set<Tell>();
  let text = "";
  let progress: Extract<Report, { progress: unknown }>["progress"] | null = null;
  let isOver = false;

  return {
    tell(report) {
      if (isOver) return; // work that its deadline ended may go on talking
      if ("delta" in report) text = (text + report.delta).slice(0, TEXT_SENT + 1);
      else progress = { ...progress, ...report.progress };
      for (const listener of listeners) listener(report);
    },
    join(tell) {
      if (text !== "") tell({ delta: text });
      if (progress) tell({ progress });
      listeners.add(tell);
    },
    close() {
      isOver = true;
      listeners.clear();
    },
  };
}
