import type { NextConfig } from "next";

/** Everything comes from the studio itself. Next writes its page data as inline scripts, so those have to be allowed. */
const sources = {
  "default-src": "'self'",
  "script-src": `'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data: blob:",
  "worker-src": "'self' blob:",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'self'",
  "frame-ancestors": "'none'",
};
const policy = Object.entries(sources).map((source) => source.join(" "));

const headers = [
  { key: "Content-Security-Policy", value: policy.join("; ") },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
];

const config: NextConfig = {
  poweredByHeader: false,
  allowedDevOrigins: ["127.0.0.1"],
  serverExternalPackages: ["pg", "@prisma/adapter-pg", "@prisma/client", "pino"],
  turbopack: { root: import.meta.dirname },
  typescript: { ignoreBuildErrors: true }, // `npm test` checks types, once; a first start does not wait for them
  headers: async () => [{ source: "/:path*", headers }],
};

export default config;
