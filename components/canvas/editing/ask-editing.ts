import type { Answers, FromEditing, Question, ToEditing } from "./editing-message";

type Waiting = { answered(answer: never): void; failed(why: Error): void };

let worker: Worker | null = null;
let last = 0;
const waiting = new Map<number, Waiting>();

/** Asks the worker beside the canvas, which starts with the first question. Errors: rejects when it cannot be loaded. */
export function askEditing<Q extends Question>(question: Q): Promise<Answers[Q["say"]]> {
  worker ??= start();
  const message: ToEditing = { ask: ++last, question };
  worker.postMessage(message);
  return new Promise((answered, failed) => waiting.set(message.ask, { answered, failed }));
}

function start(): Worker {
  const started = new Worker(new URL("./editing.worker.ts", import.meta.url), { type: "module" });
  started.onmessage = ({ data: { ask, answer } }: MessageEvent<FromEditing>) => {
    waiting.get(ask)?.answered(answer as never);
    waiting.delete(ask);
  };
  started.onerror = () => {
    worker = null; // the next question tries again
    for (const { failed } of waiting.values()) failed(new Error("the worker could not be loaded"));
    waiting.clear();
  };
  return started;
}
