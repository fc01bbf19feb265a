use super::accounts::Accounts;
use super::data::parse;
use crate::versions;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::register::{add_version, check_declared, Place};

/// Registers another version. What an earlier one declares and costs never changes.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let declared = parse(data)?;
    check_declared(&declared)?;
    let accounts = Accounts::check(program, given, &declared)?;
    let address = *key(accounts.agent);
    let place = Place { agent: &address, rent_payer: key(accounts.rent_payer), bump: accounts.bump };
    let version = add_version(record_mut(accounts.agent, program)?, &place, &declared, now()?)?;
    versions::make(program, accounts.version, accounts.rent_payer, &version)?;
    Event::new(1, &address).key(declared.manifest).number(declared.price).number(version.number as u64).log();
    Ok(())
}
