// Stands in for the package `server-only`, whose import is a mistake in a browser and nothing on a server.
export {};
