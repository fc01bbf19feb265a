import type { NodeId } from "@/flows/basics/ids";
import type { PortEnd } from "../../store/judge-ports";

/**
 * Lights the ports that a wire can go to and dims the others, those too that come into the page while it is dragged.
 * Written straight into the page: React would draw every port anew. Answers how to put the lights out.
 */
export function lightPorts(canvas: HTMLElement, fits: (end: PortEnd) => boolean): () => void {
  const light = (port: Element) => {
    const end = endOf(port);
    if (end) port.setAttribute("data-fits", fits(end) ? "yes" : "no");
  };
  const lightAll = (within: Element) => {
    for (const port of within.querySelectorAll(".flow-port")) light(port);
  };
  canvas.setAttribute("data-connecting", "");
  lightAll(canvas);
  const came = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node instanceof Element) lightAll(node);
  });
  const nodes = canvas.querySelector(".react-flow__nodes");
  if (nodes) came.observe(nodes, { childList: true });
  return () => {
    came.disconnect();
    canvas.removeAttribute("data-connecting");
    for (const port of canvas.querySelectorAll("[data-fits]")) port.removeAttribute("data-fits");
  };
}

/** Which end of a wire a port in the page is; null for anything else. */
export function endOf(port: Element): PortEnd | null {
  const [node, name] = [port.getAttribute("data-nodeid"), port.getAttribute("data-handleid")];
  return node && name ? { node: node as NodeId, port: name, gives: port.classList.contains("source") } : null;
}
