use super::accounts::Accounts;
use crate::rent::return_rent;
use frame::checks::{key, record_mut};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;
use rules::registry::register::remove_version;

/// The owner removes a version: nobody can call it any more, and its rent returns to whoever lent it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let accounts = Accounts::check(program, given)?;
    remove_version(record_mut(accounts.agent, program)?);
    Event::new(14, key(accounts.agent)).key(&accounts.manifest).log();
    return_rent(accounts.version, accounts.rent_payer)
}
