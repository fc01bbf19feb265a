type Fiber = {
  flags: number;
  memoizedProps: { id?: unknown; type?: unknown } | null;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
};

const PERFORMED_WORK = 1;

/**
 * Counts what React renders, through the hook that its developer tools use, so that no component knows of it. Call it
 * before React is loaded. `ids` are the `id` props of the components that were rendered since the last `start`.
 */
export function countRenders() {
  let ids: string[] = [];
  const seen = (fiber: Fiber) => {
    const id = fiber.memoizedProps?.id;
    if ((fiber.flags & PERFORMED_WORK) !== 0 && typeof id === "string") ids.push(id);
  };
  /** A child that is the same object as before was not visited, whatever its flags still say. */
  const walk = (next: Fiber, before: Fiber | null) => {
    seen(next);
    if (before && next.child === before.child) return;
    for (let child = next.child; child; child = child.sibling) walk(child, child.alternate);
  };
  Object.assign(globalThis, {
    __REACT_DEVTOOLS_GLOBAL_HOOK__: {
      supportsFiber: true,
      renderers: new Map(),
      inject: () => 1,
      onCommitFiberUnmount() {},
      onPostCommitFiberRoot() {},
      onCommitFiberRoot: (_: number, root: { current: Fiber }) => walk(root.current, root.current.alternate),
    },
  });
  return {
    start() {
      ids = [];
    },
    rendered: (): readonly string[] => ids,
  };
}
