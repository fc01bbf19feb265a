use super::accounts::Accounts;
use crate::vault::Vault;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;
use rules::registry::account::Agent;
use rules::registry::stake::withdraw;

/// Stake that has cooled down goes back to the owner.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let accounts = Accounts::check(program, given)?;
    let (agent, amount) = {
        let agent: &mut Agent = record_mut(accounts.agent, program)?;
        let amount = withdraw(agent, now()?)?;
        (*agent, amount)
    };
    let vault = Vault {
        agent: accounts.agent,
        vault: accounts.vault,
        mint: accounts.mint,
        token_program: accounts.token_program,
        decimals: accounts.decimals,
    };
    vault.pay(&agent, accounts.destination, amount)?;
    Event::new(6, key(accounts.agent)).number(amount).number(agent.staked).log();
    Ok(())
}
