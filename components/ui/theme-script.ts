/** Where the choice is kept; `use-remembered.ts` writes it. */
export const THEME_KEY = "studio:theme";

/**
 * Runs before the first paint, so that a chosen theme never flashes. Without a choice nothing is set and the CSS
 * follows the system. The text never changes, so a content security policy can allow it by its hash.
 */
export const THEME_SCRIPT = `try{var t=localStorage.getItem("${THEME_KEY}");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch(e){}`;
