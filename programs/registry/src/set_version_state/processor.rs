use super::accounts::Accounts;
use crate::movers::parse;
use frame::checks::key;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::registry::states::moved;

/// The same as for an agent, for one version of it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let state = parse(data)?;
    let accounts = Accounts::check(program, given)?;
    moved(accounts.version.state, state, accounts.mover)?;
    accounts.version.state = state;
    Event::new(3, key(accounts.agent)).key(&accounts.version.manifest).number(state as u64).log();
    Ok(())
}
