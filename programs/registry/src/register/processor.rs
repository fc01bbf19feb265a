use super::accounts::Accounts;
use super::data::parse;
use crate::addresses::{agent_seeds, vault_seeds};
use crate::versions;
use frame::checks::{fresh, key};
use frame::clock::now;
use frame::creation::{create, Creation};
use frame::events::Event;
use frame::fault::Outcome;
use frame::tokens::{Way, ACCOUNT_SIZE};
use pinocchio::{AccountView, Address};
use rules::bytes::Key;
use rules::registry::account::AGENT_SIZE;
use rules::registry::register::{add_version, check_declared, write_agent, Declared, Parties, Place};

/// Registers an agent with its first version and an empty vault for its stake. Both are drafts.
pub fn process(program: &Address, given: &mut [AccountView], data: &[u8]) -> Outcome {
    let (name, declared) = parse(data)?;
    check_declared(&declared)?;
    let mut accounts = Accounts::check(program, given, name, &declared)?;
    let now = now()?;
    create_both(program, &accounts, name)?;
    record(&mut accounts, program, name, &declared, now)?;
    Event::new(0, key(accounts.agent))
        .key(key(accounts.publisher))
        .key(name)
        .key(declared.manifest)
        .number(declared.price)
        .log();
    Ok(())
}

fn create_both(program: &Address, accounts: &Accounts, name: &Key) -> Outcome {
    let agent = &*accounts.agent;
    let seeds = agent_seeds(key(accounts.publisher), name, &accounts.bump);
    create(&Creation { account: agent, size: AGENT_SIZE, owner: program, seeds: &seeds }, accounts.rent_payer)?;
    let (seeds, owner) = (vault_seeds(key(agent), &accounts.vault_bump), accounts.token_program.address());
    create(&Creation { account: accounts.vault, size: ACCOUNT_SIZE, owner, seeds: &seeds }, accounts.rent_payer)?;
    let (mint, decimals) = (accounts.mint, accounts.decimals);
    let way = Way { token_program: accounts.token_program, mint, decimals, authority: agent, seeds: None };
    way.initialize(accounts.vault)
}

fn record(accounts: &mut Accounts, program: &Address, name: &Key, declared: &Declared, now: i64) -> Outcome {
    let parties = Parties {
        publisher: key(accounts.publisher),
        name,
        rent_payer: key(accounts.rent_payer),
        arbiter: key(accounts.arbiter),
        forfeit: key(accounts.forfeit),
        mint: key(accounts.mint),
        vault: key(accounts.vault),
        bump: accounts.bump[0],
    };
    let address = *key(accounts.agent);
    let place = Place { agent: &address, rent_payer: key(accounts.rent_payer), bump: accounts.version_bump };
    let version = {
        let agent = fresh(accounts.agent)?;
        write_agent(agent, &parties, now);
        add_version(agent, &place, declared, now)?
    };
    versions::make(program, accounts.version, accounts.rent_payer, &version)
}
