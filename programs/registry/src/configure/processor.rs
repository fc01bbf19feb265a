use super::accounts::Accounts;
use super::data::parse;
use crate::addresses::config_seeds;
use frame::checks::{fresh, key};
use frame::creation::{create, Creation};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::record::Record;
use rules::registry::account::VERSION;
use rules::registry::config::{Config, CONFIG_SIZE};

/// Says who judges, what is staked and where slashed stake goes: first by whoever may upgrade the program, then by the
/// members. Agents that are registered keep what they were registered with.
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
    config.set(&settings)?;
    Event::new(16, key(accounts.config)).number(settings.threshold as u64).key(settings.arbiter).log();
    Ok(())
}
