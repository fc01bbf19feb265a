import { spawn } from "node:child_process";

/**
 * Opens the studio where somebody sits at a desktop; elsewhere the printed address is enough.
 *
 * @param {string} url
 * @param {(line: string) => void} say
 */
export function openBrowser(url, say) {
  const opener = openerOf(process.platform);
  if (!opener) return;
  const [program, ...args] = opener;
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  child.once("error", () => say(`No browser could be opened: visit ${url}`));
  child.unref();
}

/**
 * @param {NodeJS.Platform} platform
 * @returns {[string, ...string[]] | undefined}
 */
function openerOf(platform) {
  const { CI, SSH_CONNECTION, DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (CI || SSH_CONNECTION) return undefined;
  if (platform === "darwin") return ["open"];
  if (platform === "win32") return ["cmd", "/c", "start", ""];
  return DISPLAY || WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
