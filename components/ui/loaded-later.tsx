"use client";

import { Component, type ComponentType, lazy, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";

type Load<Props> = () => Promise<ComponentType<Props>>;

/** The mark on the page's timeline from when it works without a network. */
const ALL_FETCHED = "parts fetched";

const loads = new Set<() => Promise<unknown>>();

/**
 * A part of a page whose code comes when it is first drawn, or before that in a quiet moment. When it cannot come, the
 * part says so in its own place and the page goes on. Draw it inside of Suspense.
 */
export function loadedLater<Props extends object>(load: Load<Props>): ComponentType<Props> {
  loads.add(load);
  let latest = lazyPart(load);
  return function LoadedLater(props: Props) {
    const [Part, setPart] = useState(() => latest);
    function again() {
      latest = lazyPart(load);
      setPart(() => latest);
    }
    return (
      <PartBoundary part={Part} onAgain={again}>
        <Part {...props} />
      </PartBoundary>
    );
  };
}

/** Has code that is drawn later fetched with the rest, in a quiet moment. */
export function fetchInTime<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  loads.add(load);
  return load;
}

/**
 * Fetches what may be wanted later while nothing else is to be done, one after the other: what is here works without a
 * network. Code that comes in this way may name more. Calls off on demand.
 */
export function fetchWhenQuiet(): () => void {
  const done = new Set<() => Promise<unknown>>();
  let stopped = false;
  function next() {
    const load = [...loads].find((each) => !done.has(each));
    if (!load) performance.mark(ALL_FETCHED);
    if (stopped || !load) return;
    done.add(load);
    // What does not come now is asked for again when it is drawn.
    void load().then(onward, onward);
  }
  const onward = () => void whenQuiet(next);
  onward();
  return () => {
    stopped = true;
  };
}

/** Calls back once the page has nothing else to do; called off on demand. */
export function whenQuiet(act: () => void): () => void {
  if (!window.requestIdleCallback) {
    const timer = window.setTimeout(act, 200);
    return () => window.clearTimeout(timer);
  }
  const idle = window.requestIdleCallback(act);
  return () => window.cancelIdleCallback(idle);
}

class PartMissing extends Error {}

function lazyPart<Props>(load: Load<Props>) {
  return lazy(async () => {
    try {
      return { default: await load() };
    } catch (fault) {
      throw new PartMissing("a part of the page could not be loaded", { cause: fault });
    }
  });
}

type BoundaryProps = { part: unknown; onAgain(): void; children: ReactNode };
type BoundaryState = { fault: unknown; part: unknown };

class PartBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { fault: null, part: this.props.part };

  static getDerivedStateFromError(fault: unknown) {
    return { fault };
  }

  static getDerivedStateFromProps({ part }: BoundaryProps, before: BoundaryState) {
    return part === before.part ? null : { fault: null, part };
  }

  override render() {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    if (!(fault instanceof PartMissing)) throw fault; // a bug, and no matter of the network
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 p-3 text-muted">
        This part could not be loaded.
        <Button onClick={this.props.onAgain}>Try again</Button>
      </div>
    );
  }
}
