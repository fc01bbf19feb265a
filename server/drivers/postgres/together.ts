/** Answers many single questions that come close together with one question about all of them. */
export function together<Ask, Answer>(
  answerAll: (asks: readonly Ask[]) => Promise<(ask: Ask) => Answer>,
): (ask: Ask) => Promise<Answer> {
  let gathering: { asks: Ask[]; answers: Promise<(ask: Ask) => Answer> } | null = null;

  return async (ask) => {
    const group = gathering ?? open();
    group.asks.push(ask);
    return (await group.answers)(ask);
  };

  function open() {
    const asks: Ask[] = [];
    const answers = new Promise<void>((go) => setImmediate(go)).then(() => {
      gathering = null;
      return answerAll(asks);
    });
    gathering = { asks, answers };
    return gathering;
  }
}
