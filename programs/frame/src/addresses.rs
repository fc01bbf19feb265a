use crate::fault::Outcome;
use pinocchio::Address;
use rules::bytes::Key;
use rules::refusal::Refusal;

pub const SYSTEM: Address = Address::new_from_array([0; 32]);
/// TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA
pub const TOKEN: Address = Address::new_from_array([
    6, 221, 246, 225, 215, 101, 161, 147, 217, 203, 225, 70, 206, 235, 121, 172, 28, 180, 133, 237, 95, 91, 55, 145,
    58, 140, 245, 133, 126, 255, 0, 169,
]);
/// TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb
pub const TOKEN_2022: Address = Address::new_from_array([
    6, 221, 246, 225, 238, 117, 143, 222, 24, 66, 93, 188, 228, 108, 205, 218, 182, 26, 252, 77, 131, 185, 13, 39, 254,
    189, 249, 40, 216, 161, 139, 252,
]);
/// ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL
pub const ASSOCIATED: Address = Address::new_from_array([
    140, 151, 37, 143, 78, 36, 137, 241, 187, 61, 16, 41, 20, 142, 13, 131, 11, 90, 19, 153, 218, 255, 16, 132, 4, 142,
    123, 216, 219, 233, 248, 89,
]);
/// BPFLoaderUpgradeab1e11111111111111111111111
pub const LOADER: Address = Address::new_from_array([
    2, 168, 246, 145, 78, 136, 161, 176, 226, 16, 21, 62, 247, 99, 174, 43, 0, 194, 185, 61, 22, 193, 36, 210, 192, 83,
    122, 16, 4, 128, 0, 0,
]);

#[cfg(target_os = "solana")]
pub fn find(seeds: &[&[u8]], program: &Address) -> (Address, u8) {
    Address::find_program_address(seeds, program)
}

#[cfg(not(target_os = "solana"))]
pub fn find(_: &[&[u8]], _: &Address) -> (Address, u8) {
    (SYSTEM, 0) // addresses are derived by the chain: outside of it nothing is created
}

pub fn program_data(program: &Address) -> Address {
    find(&[program.as_array()], &LOADER).0
}

pub fn associated(wallet: &Key, token_program: &Key, mint: &Key) -> Address {
    find(&[wallet, token_program, mint], &ASSOCIATED).0
}

pub fn is_token_program(address: &Address) -> Outcome {
    if *address == TOKEN || *address == TOKEN_2022 {
        Ok(())
    } else {
        Err(Refusal::TokenProgramWrong.into())
    }
}
