import { endOf } from "./light-ports";

/**
 * Walks the ports with the keyboard. Arrows go from port to port, Enter presses one as a click would: the first press
 * starts a wire and goes on to the nearest port that takes it, the second connects. Ports are buttons only meanwhile.
 */
export function portWalk(canvas: HTMLElement, isWiring: () => boolean) {
  /** Begins at the first output of a node, else at its first port. */
  function begin(node: string): boolean {
    const own = portsOf(canvas, node);
    const first = own.find((port) => port.classList.contains("source")) ?? own[0];
    if (first) focusPort(first);
    return first !== undefined;
  }

  function onKey(event: KeyboardEvent) {
    const port = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>(".flow-port") : null;
    if (!port) return;
    const step = STEPS[event.key];
    if (step !== undefined) go(port, step);
    else if (event.key === "Enter" || event.key === " ") press(port);
    else if (event.key === "Escape" && !isWiring()) focusNode(canvas, endOf(port)?.node);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function go(port: HTMLElement, step: number) {
    const among = isWiring() ? lit(canvas) : portsOf(canvas, endOf(port)?.node);
    const next = among[(among.indexOf(port) + step + among.length) % Math.max(1, among.length)];
    if (next) focusPort(next);
  }

  function press(port: HTMLElement) {
    const started = !isWiring();
    port.click();
    if (!started) return focusNode(canvas, endOf(port)?.node);
    const [nearest] = [...lit(canvas)].sort((a, b) => far(port, a) - far(port, b));
    if (nearest) focusPort(nearest);
  }

  canvas.addEventListener("keydown", onKey, { capture: true });
  return { begin, stop: () => canvas.removeEventListener("keydown", onKey, { capture: true }) };
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

const portsOf = (canvas: HTMLElement, node: string | undefined) =>
  node ? [...canvas.querySelectorAll<HTMLElement>(`.flow-port[data-nodeid="${CSS.escape(node)}"]`)] : [];
const lit = (canvas: HTMLElement) => [...canvas.querySelectorAll<HTMLElement>('.flow-port[data-fits="yes"]')];

function focusPort(port: HTMLElement) {
  port.tabIndex = -1;
  port.setAttribute("role", "button");
  port.addEventListener("blur", () => port.setAttribute("role", "img"), { once: true });
  port.focus();
}

export function focusNode(canvas: HTMLElement, node: string | undefined) {
  if (node) canvas.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node)}"]`)?.focus();
}

function far(a: Element, b: Element): number {
  const [one, two] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
  return Math.hypot(one.x - two.x, one.y - two.y);
}
