use frame::checks::{bytes, is, key, record, record_mut, signed};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::refusal::Refusal;
use rules::registry::account::{Agent, Version};
use rules::token::{belongs_to, decimals};

pub fn by_owner(program: &Address, owner: &AccountView, agent: &AccountView) -> Outcome {
    is(owner, &record::<Agent>(agent, program)?.owner, Refusal::OwnerWrong)?;
    signed(owner, Refusal::OwnerNotSigned)
}

/// The agent of a call that its owner makes about nothing else.
pub fn owners<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [owner, agent] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    by_owner(program, owner, agent)?;
    Ok(agent)
}

/// The agent of a call that its arbiter makes about nothing else.
pub fn arbiters<'a>(program: &Address, given: &'a mut [AccountView]) -> Outcome<&'a mut AccountView> {
    let [arbiter, agent] = given else {
        return Err(Refusal::AccountsMissing.into());
    };
    is(arbiter, &record::<Agent>(agent, program)?.arbiter, Refusal::ArbiterWrong)?;
    signed(arbiter, Refusal::ArbiterNotSigned)?;
    Ok(agent)
}

pub fn version_of<'a>(
    version: &'a mut AccountView,
    agent: &AccountView,
    program: &Address,
) -> Outcome<&'a mut Version> {
    let found = record_mut::<Version>(version, program)?;
    if found.agent == *key(agent) {
        Ok(found)
    } else {
        Err(Refusal::VersionWrong.into())
    }
}

/// The vault of this agent with its mint and token program, and the decimals of the mint.
pub fn stake_of(agent: &Agent, vault: &AccountView, mint: &AccountView, token_program: &AccountView) -> Outcome<u8> {
    is(vault, &agent.vault, Refusal::VaultWrong)?;
    is(mint, &agent.mint, Refusal::MintWrong)?;
    if !vault.owned_by(token_program.address()) {
        return Err(Refusal::TokenProgramWrong.into());
    }
    Ok(decimals(bytes(mint))?)
}

/// Where the owner wants its own: an account of the mint that is the owner's.
pub fn destination(account: &AccountView, agent: &Agent, token_program: &AccountView) -> Outcome {
    let owned = account.owned_by(token_program.address());
    if owned && belongs_to(bytes(account), &agent.mint, &agent.owner) {
        Ok(())
    } else {
        Err(Refusal::DestinationWrong.into())
    }
}
