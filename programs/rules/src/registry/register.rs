use crate::bytes::Key;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::registry::account::{Agent, Version, VERSION};
use crate::registry::states::DRAFT;

/// The price is for each call, or for each of the units that a call counts.
pub const PER_CALL: u8 = 0;
pub const METERED: u8 = 1;
const MOST_UNITS: u32 = 1_000_000;

/// What a version declares: the digest of its manifest, and what it costs.
#[derive(Clone, Copy)]
pub struct Declared<'a> {
    pub manifest: &'a Key,
    pub price: u64,
    pub unit: u8,
    pub most_units: u32,
}

/// Whom and what the accounts of the call name.
pub struct Parties<'a> {
    pub publisher: &'a Key,
    pub name: &'a Key,
    pub rent_payer: &'a Key,
    pub arbiter: &'a Key,
    pub forfeit: &'a Key,
    pub mint: &'a Key,
    pub vault: &'a Key,
    pub bump: u8,
}

pub fn check_declared(declared: &Declared) -> Result<(), Refusal> {
    if *declared.manifest == [0; 32] {
        return Err(Refusal::ManifestMissing);
    }
    match (declared.unit, declared.most_units) {
        (PER_CALL, 1) => Ok(()),
        (METERED, 1..=MOST_UNITS) if declared.price > 0 => Ok(()),
        _ => Err(Refusal::PriceUnitWrong),
    }
}

/// Writes a new agent into an account that was made just now.
pub fn write_agent(agent: &mut Agent, parties: &Parties, now: i64) {
    *agent = Agent {
        tag: Agent::TAG,
        version: VERSION,
        bump: parties.bump,
        state: DRAFT,
        slash: 0,
        unused: [0; 3],
        versions: 0,
        versions_open: 0,
        registered_at: now,
        staked: 0,
        leaving: 0,
        leaves_at: 0,
        slash_amount: 0,
        slash_until: 0,
        slashed_total: 0,
        publisher: *parties.publisher,
        name: *parties.name,
        owner: *parties.publisher,
        heir: [0; 32],
        rent_payer: *parties.rent_payer,
        arbiter: *parties.arbiter,
        forfeit: *parties.forfeit,
        mint: *parties.mint,
        vault: *parties.vault,
        cause: [0; 32],
    };
}

/// Where a version belongs: its agent's address, who lends its rent, and its bump.
pub struct Place<'a> {
    pub agent: &'a Key,
    pub rent_payer: &'a Key,
    pub bump: u8,
}

/// The next version of an agent: a draft, until its owner says otherwise.
pub fn add_version(agent: &mut Agent, place: &Place, declared: &Declared, now: i64) -> Result<Version, Refusal> {
    let number = agent.versions;
    agent.versions = number.checked_add(1).ok_or(Refusal::AmountOverflow)?;
    agent.versions_open = agent.versions_open.checked_add(1).ok_or(Refusal::AmountOverflow)?;
    Ok(Version {
        tag: Version::TAG,
        version: VERSION,
        bump: place.bump,
        state: DRAFT,
        number,
        price: declared.price,
        most_units: declared.most_units,
        unit: declared.unit,
        unused: [0; 3],
        registered_at: now,
        agent: *place.agent,
        manifest: *declared.manifest,
        rent_payer: *place.rent_payer,
    })
}

pub fn remove_version(agent: &mut Agent) {
    agent.versions_open = agent.versions_open.saturating_sub(1);
}

/// An agent goes when nothing of it is left: no stake and no version.
pub fn may_close(agent: &Agent) -> Result<(), Refusal> {
    if agent.staked > 0 {
        return Err(Refusal::StakeRemains);
    }
    if agent.versions_open > 0 {
        return Err(Refusal::VersionsRemain);
    }
    Ok(())
}
