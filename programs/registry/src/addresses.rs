use frame::addresses::find;
use pinocchio::cpi::Seed;
use pinocchio::Address;
use rules::bytes::Key;

const AGENT_SEED: &[u8] = b"agent";
const VAULT_SEED: &[u8] = b"stake";
const VERSION_SEED: &[u8] = b"version";
const CONFIG_SEED: &[u8] = b"config";

/// A name lies under the key of whoever registers it: under somebody else's key nobody can take it.
pub fn agent(publisher: &Key, name: &Key, program: &Address) -> (Address, u8) {
    find(&[AGENT_SEED, publisher, name], program)
}

pub fn vault(agent: &Key, program: &Address) -> (Address, u8) {
    find(&[VAULT_SEED, agent], program)
}

/// A version lies under the digest of its manifest: whoever has the manifest finds it, and no other.
pub fn version(agent: &Key, manifest: &Key, program: &Address) -> (Address, u8) {
    find(&[VERSION_SEED, agent, manifest], program)
}

pub fn config(program: &Address) -> (Address, u8) {
    find(&[CONFIG_SEED], program)
}

/// What the program signs with in the name of an agent.
pub fn agent_seeds<'a>(publisher: &'a Key, name: &'a Key, bump: &'a [u8; 1]) -> [Seed<'a>; 4] {
    [Seed::from(AGENT_SEED), Seed::from(publisher), Seed::from(name), Seed::from(bump)]
}

pub fn vault_seeds<'a>(agent: &'a Key, bump: &'a [u8; 1]) -> [Seed<'a>; 3] {
    [Seed::from(VAULT_SEED), Seed::from(agent), Seed::from(bump)]
}

pub fn version_seeds<'a>(agent: &'a Key, manifest: &'a Key, bump: &'a [u8; 1]) -> [Seed<'a>; 4] {
    [Seed::from(VERSION_SEED), Seed::from(agent), Seed::from(manifest), Seed::from(bump)]
}

pub fn config_seeds(bump: &[u8; 1]) -> [Seed<'_>; 2] {
    [Seed::from(CONFIG_SEED), Seed::from(bump)]
}
