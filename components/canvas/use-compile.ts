"use client";

import { useEffect, useRef, useState } from "react";
import type { Manifest } from "@/flows/plan/manifest";
import type { Models } from "@/flows/plan/rates";
import { type Compared, isCompiled, type Pinning } from "../store/compile-slice";
import { compilerLine } from "../store/compiler-line";
import { type Studio, useStudio } from "../store/studio-store";
import { compileLoop } from "./compile-loop";
import type { FromWorker, ToCompiler } from "./compile-message";

type Compiler = { loop: ReturnType<typeof compileLoop>; worker: Worker };

type Wanted = { manifests: readonly Manifest[] | undefined; models: Models | undefined; opened: boolean };

/** Keeps the store's plan and problems up with the drawing. True when the compiler could not be loaded. */
export function useCompile({ manifests, models, opened }: Wanted): boolean {
  const compiler = useRef<Compiler | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    const started = startCompiler(() => {
      setBroken(true);
      if (useStudio.getState().kindSettings === null) useStudio.setState({ kindSettings: "missing" });
    });
    compiler.current = started;
    askForSettings(started.worker, useStudio.getState());
    const unsubscribe = useStudio.subscribe((now, before) => {
      if (now.selection !== before.selection) askForSettings(started.worker, now);
      const redrawn = now.document.nodes !== before.document.nodes || now.document.wires !== before.document.wires;
      const looked = looksAtMoney(now) && !looksAtMoney(before);
      if ((redrawn && now.flow === before.flow) || (looked && now.flow)) started.loop.compile(now.document);
    });
    return () => {
      unsubscribe();
      started.worker.terminate();
      compilerLine.send = null;
      useStudio.setState({ compareDrawings: null, pinDrawing: null });
      compiler.current = null;
    };
  }, []);

  useEffect(() => {
    if (manifests && models) compiler.current?.loop.registry(manifests, models);
  }, [manifests, models]);

  useEffect(() => {
    if (opened && manifests && models) compiler.current?.loop.compile(useStudio.getState().document);
  }, [opened, manifests, models]);

  return broken;
}

/** The forms of nodes are drawn from the schemas that the worker has: the page itself never loads the kinds. */
function askForSettings(worker: Worker, { selection, kindSettings }: Studio) {
  if (kindSettings === null && selection.nodes.length > 0) tell(worker, { say: "settings" });
}

const looksAtMoney = ({ panels }: Pick<Studio, "panels">) => panels.dock && panels.tab === "money";

const tell = (worker: Worker, message: ToCompiler) => worker.postMessage(message);

const openQuestions = () => ({ compared: asking<Compared>(), pinned: asking<Pinning>() });

/** Questions to the worker that are answered one by one, whatever it compiles between. */
function asking<Answer>() {
  const open = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  return {
    ask: (send: (number: number) => void) =>
      new Promise<Answer>((answered) => {
        asked += 1;
        open.set(asked, answered);
        send(asked);
      }),
    answer(number: number, answer: Answer) {
      open.get(number)?.(answer);
      open.delete(number);
    },
  };
}

function startCompiler(failed: () => void): Compiler {
  const worker = new Worker(new URL("./compile.worker.ts", import.meta.url), { type: "module" });
  const loop = compileLoop({
    send: (message) => worker.postMessage(message),
    soon: (act) => requestAnimationFrame(act),
    wantsMoney: () => looksAtMoney(useStudio.getState()),
    answered(from, answer) {
      useStudio.getState().compiled(from, answer);
      const { compiledFrom, document } = useStudio.getState();
      if (!isCompiled({ compiledFrom, document })) loop.compile(document);
    },
  });
  compilerLine.send = (message) => worker.postMessage(message);
  const questions = openQuestions();
  useStudio.setState({
    compareDrawings: (before, after) =>
      questions.compared.ask((compare) => tell(worker, { say: "compare", compare, before, after })),
    pinDrawing: (document) => questions.pinned.ask((pin) => tell(worker, { say: "pin", pin, document })),
  });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if ("expression" in data) compilerLine.heard(data);
    else if ("settings" in data) useStudio.setState({ kindSettings: data.settings });
    else if ("compared" in data) questions.compared.answer(data.compare, data.compared);
    else if ("pinning" in data) questions.pinned.answer(data.pin, data.pinning);
    else loop.received(data);
  };
  worker.onerror = failed;
  return { loop, worker };
}
