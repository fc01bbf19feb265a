use frame::addresses::find;
use pinocchio::cpi::Seed;
use pinocchio::Address;
use rules::bytes::Key;

const ESCROW_SEED: &[u8] = b"escrow";
const VAULT_SEED: &[u8] = b"vault";
const CONFIG_SEED: &[u8] = b"config";

pub fn escrow(payer: &Key, run: &[u8; 16], program: &Address) -> (Address, u8) {
    find(&[ESCROW_SEED, payer, run], program)
}

pub fn vault(escrow: &Key, program: &Address) -> (Address, u8) {
    find(&[VAULT_SEED, escrow], program)
}

pub fn config(program: &Address) -> (Address, u8) {
    find(&[CONFIG_SEED], program)
}

/// What the program signs with in the name of an escrow.
#[inline(always)]
pub fn escrow_seeds<'a>(payer: &'a Key, run: &'a [u8; 16], bump: &'a [u8; 1]) -> [Seed<'a>; 4] {
    [Seed::from(ESCROW_SEED), Seed::from(payer), Seed::from(run), Seed::from(bump)]
}

#[inline(always)]
pub fn vault_seeds<'a>(escrow: &'a Key, bump: &'a [u8; 1]) -> [Seed<'a>; 3] {
    [Seed::from(VAULT_SEED), Seed::from(escrow), Seed::from(bump)]
}

#[inline(always)]
pub fn config_seeds(bump: &[u8; 1]) -> [Seed<'_>; 2] {
    [Seed::from(CONFIG_SEED), Seed::from(bump)]
}
