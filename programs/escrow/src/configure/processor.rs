use super::accounts::Accounts;
use super::data::parse;
use crate::addresses::config_seeds;
use crate::checks;
use frame::checks::fresh;
use frame::creation::{create, Creation};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::escrow::account::VERSION;
use rules::escrow::config::{Config, CONFIG_SIZE};
use rules::record::Record;

/// Says who may pause and which tokens are taken: first by whoever may upgrade the program, then by the members.
/// Escrows that are open are not touched by it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let settings = parse(data)?;
    let accounts = Accounts::check(program, given)?;
    if accounts.is_new {
        let seeds = config_seeds(&accounts.bump);
        let creation = Creation { account: accounts.config, size: CONFIG_SIZE, owner: program, seeds: &seeds };
        create(&creation, accounts.rent_payer)?;
    }
    let config: &mut Config = fresh(accounts.config)?;
    config.tag = Config::TAG;
    config.version = VERSION;
    config.bump = accounts.bump[0];
    config.set(settings.threshold, settings.members, settings.mints)?;
    Event::new(10, checks::key(accounts.config)).number(settings.threshold as u64).log();
    Ok(())
}
