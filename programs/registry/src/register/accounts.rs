use crate::{addresses, versions};
use frame::addresses::{is_token_program, SYSTEM};
use frame::checks::{bytes, is, key, record, signed};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::Key;
use rules::refusal::Refusal;
use rules::registry::config::Config;
use rules::registry::register::Declared;
use rules::token::{check_mint, owner_of};

pub struct Accounts<'a> {
    pub publisher: &'a AccountView,
    pub rent_payer: &'a AccountView,
    pub agent: &'a mut AccountView,
    pub vault: &'a AccountView,
    pub version: &'a mut AccountView,
    pub mint: &'a AccountView,
    pub arbiter: &'a AccountView,
    pub forfeit: &'a AccountView,
    pub token_program: &'a AccountView,
    pub bump: [u8; 1],
    pub vault_bump: [u8; 1],
    pub version_bump: u8,
    pub decimals: u8,
}

impl<'a> Accounts<'a> {
    pub fn check(program: &Address, given: &'a mut [AccountView], name: &Key, declared: &Declared) -> Outcome<Self> {
        let [publisher, rent_payer, agent, vault, version, mint, config, arbiter, forfeit, token_program, system_program] =
            given
        else {
            return Err(Refusal::AccountsMissing.into());
        };
        signed(publisher, Refusal::PublisherNotSigned)?;
        signed(rent_payer, Refusal::RentPayerNotSigned)?;
        is(system_program, SYSTEM.as_array(), Refusal::SystemProgramWrong)?;
        is_token_program(token_program.address())?;
        let (address, bump) = addresses::agent(key(publisher), name, program);
        is(agent, address.as_array(), Refusal::AgentAddressWrong)?;
        if !agent.owned_by(&SYSTEM) || !agent.is_data_empty() {
            return Err(Refusal::AgentExists.into());
        }
        let (address, vault_bump) = addresses::vault(key(agent), program);
        is(vault, address.as_array(), Refusal::VaultAddressWrong)?;
        let version_bump = versions::check_new(program, agent, version, declared)?;
        let config: &Config = record(config, program)?;
        is(arbiter, &config.arbiter, Refusal::ArbiterWrong)?;
        let decimals = check_kind(config, mint, forfeit, token_program)?;
        check_parties(mint, forfeit, [key(publisher), key(arbiter)])?;
        let (bump, vault_bump) = ([bump], [vault_bump]);
        Ok(Self {
            publisher,
            rent_payer,
            agent,
            vault,
            version,
            mint,
            arbiter,
            forfeit,
            token_program,
            bump,
            vault_bump,
            version_bump,
            decimals,
        })
    }
}

fn check_kind(config: &Config, mint: &AccountView, forfeit: &AccountView, token_program: &AccountView) -> Outcome<u8> {
    if !mint.owned_by(token_program.address()) {
        return Err(Refusal::MintWrong.into());
    }
    is(forfeit, config.forfeit_of(key(mint))?, Refusal::ForfeitAccountWrong)?;
    if !forfeit.owned_by(token_program.address()) {
        return Err(Refusal::ForfeitAccountWrong.into());
    }
    Ok(check_mint(bytes(mint))?)
}

/// Slashed stake goes to nobody who has a part in slashing it.
fn check_parties(mint: &AccountView, forfeit: &AccountView, parties: [&Key; 2]) -> Outcome {
    let owner = owner_of(bytes(forfeit), key(mint)).ok_or(Refusal::ForfeitAccountWrong)?;
    if parties.contains(&owner) {
        Err(Refusal::ForfeitOfParty.into())
    } else {
        Ok(())
    }
}
