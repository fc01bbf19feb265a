use crate::bytes::Key;
use crate::record::Record;
use crate::refusal::Refusal;
use core::mem::size_of;

pub const VERSION: u8 = 1;

/// One agent: whose it is, what it is at, and what is staked for it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Agent {
    pub tag: u8,
    pub version: u8,
    pub bump: u8,
    pub state: u8,
    /// What the slash is at that was proposed last: see `slash`.
    pub slash: u8,
    pub unused: [u8; 3],
    /// How many versions were ever registered, and how many of them still have an account.
    pub versions: u32,
    pub versions_open: u32,
    /// When this account was made. One that is closed and made again has another: a suspension is not shaken off so.
    pub registered_at: i64,
    pub staked: u64,
    /// Of what is staked, what the owner asked back, and from when it may leave.
    pub leaving: u64,
    pub leaves_at: i64,
    /// Of what is staked, what the open slash is about, and until when what it is at holds.
    pub slash_amount: u64,
    pub slash_until: i64,
    pub slashed_total: u64,
    /// Who registered it. Its address is made of this key and the name, whoever owns it later.
    pub publisher: Key,
    pub name: Key,
    pub owner: Key,
    /// Who may take it over; nobody, when it is zero.
    pub heir: Key,
    pub rent_payer: Key,
    /// Who may suspend it and propose slashes, and the account that slashed stake goes to: as they were when it was
    /// registered, whatever the configuration says later.
    pub arbiter: Key,
    pub forfeit: Key,
    pub mint: Key,
    pub vault: Key,
    pub cause: Key,
}

/// One version of an agent: what it declared, as a digest, and what a call of it costs at most.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Version {
    pub tag: u8,
    pub version: u8,
    pub bump: u8,
    pub state: u8,
    /// Counted from 0; no number is given twice while the agent is registered.
    pub number: u32,
    /// Of one unit, in the smallest units of the agent's mint.
    pub price: u64,
    /// How many units one call may count: 1 when the price is for the call.
    pub most_units: u32,
    pub unit: u8,
    pub unused: [u8; 3],
    pub registered_at: i64,
    pub agent: Key,
    pub manifest: Key,
    pub rent_payer: Key,
}

// SAFETY: see the fields: nothing but integers, and no gaps (the sizes below).
unsafe impl Record for Agent {
    const TAG: u8 = 3;
    const WRONG: Refusal = Refusal::AgentWrong;
}

// SAFETY: as above.
unsafe impl Record for Version {
    const TAG: u8 = 4;
    const WRONG: Refusal = Refusal::VersionWrong;
}

pub const AGENT_SIZE: usize = size_of::<Agent>();
pub const VERSION_SIZE: usize = size_of::<Version>();

const _: () = assert!(AGENT_SIZE == 8 + 8 + 7 * 8 + 10 * 32 && VERSION_SIZE == 32 + 3 * 32);
