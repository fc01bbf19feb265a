use super::accounts::Accounts;
use crate::rent::return_rent;
use crate::vault::Vault;
use frame::checks::{bytes, key, record};
use frame::events::Event;
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Reader;
use rules::refusal::Refusal;
use rules::registry::account::Agent;
use rules::registry::register::may_close;
use rules::token::balance;

/// The owner removes an agent of which nothing is left. What strangers sent to its vault is the owner's, and the rent goes
/// back to whoever lent it.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    Reader::new(data).end()?;
    let accounts = Accounts::check(program, given)?;
    let agent = *record::<Agent>(accounts.agent, program)?;
    may_close(&agent)?;
    let rest = balance(bytes(accounts.vault)).ok_or(Refusal::VaultWrong)?;
    let vault = Vault {
        agent: accounts.agent,
        vault: accounts.vault,
        mint: accounts.mint,
        token_program: accounts.token_program,
        decimals: accounts.decimals,
    };
    if rest > 0 {
        vault.pay(&agent, accounts.destination, rest)?;
    }
    vault.close(&agent, accounts.rent_payer)?;
    Event::new(15, key(accounts.agent)).number(rest).log();
    return_rent(accounts.agent, accounts.rent_payer)
}
