/** The whole flow in view, never larger than life. */
export const FIT = { padding: 0.08, maxZoom: 1, duration: 0 };
