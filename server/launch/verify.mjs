// npm run verify -- FILE: checks a receipt file offline. Builds the verifier when its sources changed.
import { build, bundleFile } from "./build.mjs";
import { install } from "./install.mjs";
import { prepare } from "./prepare.mjs";

await install();
await prepare();
await build({ pages: false, bundles: ["verify"] });
await import(bundleFile("verify"));
