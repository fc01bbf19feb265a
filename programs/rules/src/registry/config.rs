use crate::bytes::{same, Key};
use crate::members::{agreed, check, MOST_MEMBERS};
use crate::record::Record;
use crate::refusal::Refusal;
use core::mem::size_of;

pub const MOST_MINTS: usize = 8;

/// What holds for agents that are registered from now on: who judges them, what is staked, and where slashed stake goes.
/// Of agents that are registered, the members only decide what an owner contests.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Config {
    pub tag: u8,
    pub version: u8,
    pub bump: u8,
    pub threshold: u8,
    pub member_count: u8,
    pub mint_count: u8,
    pub unused: [u8; 2],
    pub arbiter: Key,
    pub members: [Key; MOST_MEMBERS],
    pub mints: [Key; MOST_MINTS],
    /// The account that slashed stake goes to, mint by mint.
    pub forfeits: [Key; MOST_MINTS],
}

// SAFETY: nothing but bytes.
unsafe impl Record for Config {
    const TAG: u8 = 5;
    const WRONG: Refusal = Refusal::ConfigWrong;
}

pub const CONFIG_SIZE: usize = size_of::<Config>();

const _: () = assert!(CONFIG_SIZE == 8 + 25 * 32);

/// What the members agree to. `mints` are pairs: a mint, and the account that slashed stake of it goes to.
pub struct Settings<'a> {
    pub threshold: u8,
    pub arbiter: &'a Key,
    pub members: &'a [Key],
    pub mints: &'a [[Key; 2]],
}

impl Config {
    pub fn members(&self) -> &[Key] {
        &self.members[..(self.member_count as usize).min(MOST_MEMBERS)]
    }

    pub fn agreed<'k>(&self, signed: impl Iterator<Item = &'k Key> + Clone) -> Result<(), Refusal> {
        agreed(self.threshold, self.members(), signed)
    }

    /// Where slashed stake of this mint goes. A mint that has no such place is not allowed.
    pub fn forfeit_of(&self, mint: &Key) -> Result<&Key, Refusal> {
        let count = (self.mint_count as usize).min(MOST_MINTS);
        let at = self.mints[..count].iter().position(|each| same(each, mint)).ok_or(Refusal::MintNotAllowed)?;
        Ok(&self.forfeits[at])
    }

    /// The arbiter is no member: who proposes a slash has no part in deciding what is contested.
    pub fn set(&mut self, to: &Settings) -> Result<(), Refusal> {
        check(to.threshold, to.members)?;
        if to.members.iter().any(|member| same(member, to.arbiter)) {
            return Err(Refusal::ArbiterIsMember);
        }
        if to.mints.len() > MOST_MINTS {
            return Err(Refusal::MintsTooMany);
        }
        self.arbiter = *to.arbiter;
        self.members = [[0; 32]; MOST_MEMBERS];
        self.mints = [[0; 32]; MOST_MINTS];
        self.forfeits = [[0; 32]; MOST_MINTS];
        self.members[..to.members.len()].copy_from_slice(to.members);
        for (at, [mint, forfeit]) in to.mints.iter().enumerate() {
            self.mints[at] = *mint;
            self.forfeits[at] = *forfeit;
        }
        self.threshold = to.threshold;
        self.member_count = to.members.len() as u8;
        self.mint_count = to.mints.len() as u8;
        Ok(())
    }
}
