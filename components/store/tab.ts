/** One showing of a page: a reload is another one. */
export type Tab = {
  id: string;
  /** What this tab of the browser showed before; null for a new one. */
  before: string | null;
  /** Tells of other pages whether they are gone, so that what they left may be taken over. */
  gone(): Promise<(tab: string) => boolean>;
};

const KEY = "studio:tab";
const UNLOAD_MS = 1_000;

let tab: Tab | null = null;

/**
 * This page. It holds a lock as long as it lives, which the browser takes away when it ends, however that is. Where there
 * are no locks (pages not served over TLS or loopback) every other page counts as gone: what two send counts once.
 */
export function sessionTab(): Tab {
  tab ??= openTab();
  return tab;
}

function openTab(): Tab {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(36)).join("");
  const before = session((storage) => storage.getItem(KEY));
  session((storage) => storage.setItem(KEY, id));
  const locks = globalThis.navigator?.locks;
  const held = locks ? hold(locks, id) : Promise.resolve();
  return {
    id,
    before,
    async gone() {
      if (!locks) return (other) => other !== id;
      await held;
      // The page before this one in the same tab may be on its way out still.
      if (before !== null) await ended(locks, before);
      const alive = new Set((await locks.query()).held?.map(({ name }) => name));
      return (other) => !alive.has(lockOf(other));
    },
  };
}

function hold(locks: LockManager, id: string): Promise<void> {
  return new Promise((got) => {
    void locks.request(lockOf(id), () => {
      got();
      return new Promise(() => undefined);
    });
  });
}

async function ended(locks: LockManager, before: string): Promise<void> {
  try {
    await locks.request(lockOf(before), { signal: AbortSignal.timeout(UNLOAD_MS) }, () => undefined);
  } catch {
    // It lives: this tab was made as a copy of it.
  }
}

const lockOf = (id: string) => `studio-tab:${id}`;

function session<T>(act: (storage: Storage) => T): T | null {
  try {
    return act(sessionStorage);
  } catch {
    return null;
  }
}
