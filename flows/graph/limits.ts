/** How large a document may be. `names` are those of one object: an object of more is slow to build, and nothing that is drawn has them. */
export const LARGEST = {
  characters: 5_000_000,
  values: 500_000,
  depth: 64,
  names: 10_000,
  nodes: 10_000,
  wires: 20_000,
  flows: 1_000,
};
