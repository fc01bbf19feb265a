use super::accounts::Accounts;
use crate::vault::Vault;
use frame::checks::{key, record_mut};
use frame::clock::now;
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;
use rules::registry::account::Agent;
use rules::registry::slash::execute;

/// A slash that nobody contested in time, or that the members upheld, goes where it always goes. Anybody may call it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let accounts = Accounts::check(program, given)?;
    let (agent, cause, amount) = {
        let agent: &mut Agent = record_mut(accounts.agent, program)?;
        let cause = agent.cause;
        let amount = execute(agent, now()?)?;
        (*agent, cause, amount)
    };
    let vault = Vault {
        agent: accounts.agent,
        vault: accounts.vault,
        mint: accounts.mint,
        token_program: accounts.token_program,
        decimals: accounts.decimals,
    };
    vault.pay(&agent, accounts.forfeit, amount)?;
    Event::new(10, key(accounts.agent)).number(amount).number(agent.staked).key(&cause).log();
    Ok(())
}
