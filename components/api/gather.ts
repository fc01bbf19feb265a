/** Collects what comes in quick succession and hands it over together, at most once per `everyMs`. */
export function gather<Item>(everyMs: number, handOver: (items: readonly Item[]) => void) {
  let items: Item[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  function flush() {
    timer = null;
    const gathered = items;
    items = [];
    handOver(gathered);
  }

  return {
    add(item: Item) {
      items.push(item);
      timer ??= setTimeout(flush, everyMs);
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      items = [];
    },
  };
}
