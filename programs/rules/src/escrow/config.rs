use crate::bytes::{same, Key};
use crate::members::{agreed, check, MOST_MEMBERS};
use crate::record::Record;
use crate::refusal::Refusal;
use core::mem::size_of;

pub const MOST_MINTS: usize = 8;

/// The one account that holds for all escrows: who may pause, and which tokens are taken.
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
    /// When the pause that holds now began; 0 while there is none.
    pub paused_at: i64,
    /// All pauses that are over, in seconds.
    pub paused_total: i64,
    pub members: [Key; MOST_MEMBERS],
    pub mints: [Key; MOST_MINTS],
}

// SAFETY: nothing but integers, and no gaps (the size below).
unsafe impl Record for Config {
    const TAG: u8 = 2;
    const WRONG: Refusal = Refusal::ConfigWrong;
}

pub const CONFIG_SIZE: usize = size_of::<Config>();

const _: () = assert!(CONFIG_SIZE == 536);

impl Config {
    pub fn members(&self) -> &[Key] {
        &self.members[..(self.member_count as usize).min(MOST_MEMBERS)]
    }

    pub fn allows(&self, mint: &Key) -> bool {
        self.mints[..(self.mint_count as usize).min(MOST_MINTS)].iter().any(|each| same(each, mint))
    }

    #[inline(always)]
    pub fn refuse_when_paused(&self) -> Result<(), Refusal> {
        if self.paused_at == 0 {
            Ok(())
        } else {
            Err(Refusal::Paused)
        }
    }

    pub fn agreed<'k>(&self, signed: impl Iterator<Item = &'k Key> + Clone) -> Result<(), Refusal> {
        agreed(self.threshold, self.members(), signed)
    }

    pub fn set(&mut self, threshold: u8, members: &[Key], mints: &[Key]) -> Result<(), Refusal> {
        check(threshold, members)?;
        if mints.len() > MOST_MINTS {
            return Err(Refusal::MintsTooMany);
        }
        self.members = [[0; 32]; MOST_MEMBERS];
        self.mints = [[0; 32]; MOST_MINTS];
        self.members[..members.len()].copy_from_slice(members);
        self.mints[..mints.len()].copy_from_slice(mints);
        self.threshold = threshold;
        self.member_count = members.len() as u8;
        self.mint_count = mints.len() as u8;
        Ok(())
    }

    pub fn pause(&mut self, now: i64) -> Result<(), Refusal> {
        self.refuse_when_paused()?;
        self.paused_at = now.max(1);
        Ok(())
    }

    pub fn unpause(&mut self, now: i64) -> Result<(), Refusal> {
        if self.paused_at == 0 {
            return Err(Refusal::NotPaused);
        }
        let lasted = now.saturating_sub(self.paused_at).max(0);
        self.paused_total = self.paused_total.saturating_add(lasted);
        self.paused_at = 0;
        Ok(())
    }
}
