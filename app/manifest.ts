import type { MetadataRoute } from "next";

/** What a browser needs to put the studio beside its other programs: on a phone, pushes need that. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Agent Labs Studio",
    short_name: "Studio",
    description: "Flows of paid agents: approvals and runs.",
    start_url: "/approvals",
    display: "standalone",
    background_color: "#ffffff",
    theme_color: "#ffffff",
    icons: [
      { src: "/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/favicon.svg", sizes: "any", type: "image/svg+xml" },
    ],
  };
}
