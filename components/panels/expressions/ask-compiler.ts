import {
  type AnsweredExpression,
  compilerLine,
  type ExpressionAnswer,
  type ExpressionQuestion,
} from "@/components/store/compiler-line";

type Asked = { question: ExpressionQuestion; tell(answer: ExpressionAnswer | null): void };
type Sender = typeof compilerLine.send;

const waiting = new Map<number, (answer: ExpressionAnswer | null) => void>();
let count = 0;

/** The questions of one editor. */
export type Asker = { ask(question: ExpressionQuestion): Promise<ExpressionAnswer | null> };

/**
 * Asks the compiler's worker one thing at a time of a sort, always the latest: what was asked meanwhile and is not wanted any
 * more is answered with null, and never sent. Null too where there is nobody to ask.
 */
export function askerOf(line: typeof compilerLine = compilerLine): Asker {
  const flying = new Map<ExpressionQuestion["about"], { by: Sender; next: Asked | null }>();

  function send({ question, tell }: Asked) {
    const { send: by } = line;
    if (!by) return tell(null);
    const flight: { by: Sender; next: Asked | null } = { by, next: null };
    flying.set(question.about, flight);
    count += 1;
    waiting.set(count, (answer) => {
      tell(flight.next ? null : answer);
      flying.delete(question.about);
      if (flight.next) send(flight.next);
    });
    line.heard = heard;
    by({ say: "expression", ask: count, question });
  }

  return {
    ask: (question) =>
      new Promise((tell) => {
        const flight = flying.get(question.about);
        // A worker that is gone will not answer.
        if (!flight || flight.by !== line.send) return send({ question, tell });
        flight.next?.tell(null);
        flight.next = { question, tell };
      }),
  };
}

function heard({ expression, answer }: AnsweredExpression) {
  const tell = waiting.get(expression);
  waiting.delete(expression);
  tell?.(answer);
}
