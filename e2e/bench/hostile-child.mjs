// One hostile document in a process of its own: hostile-child.mjs BUNDLE FILE. Says what became of it as one JSON line.
const [bundle, file] = process.argv.slice(2);
const { readHostile } = await import(String(bundle));
console.log(JSON.stringify(await readHostile(file)));
