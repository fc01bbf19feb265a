use frame::checks::{is, key, record, signed};
use frame::fault::Outcome;
use pinocchio::{AccountView, Address};
use rules::bytes::{same, Reader};
use rules::refusal::Refusal;
use rules::registry::account::Agent;
use rules::registry::states::Mover;

/// As whom somebody moves an agent or a version. Whoever is both is the owner here: nobody undoes their own suspension.
pub fn mover(program: &Address, who: &AccountView, agent: &AccountView) -> Outcome<Mover> {
    let agent: &Agent = record(agent, program)?;
    if same(key(who), &agent.owner) {
        signed(who, Refusal::OwnerNotSigned)?;
        return Ok(Mover::Owner);
    }
    is(who, &agent.arbiter, Refusal::OwnerWrong)?;
    signed(who, Refusal::ArbiterNotSigned)?;
    Ok(Mover::Arbiter)
}

/// The state that is wished for.
pub fn parse(data: &[u8]) -> Result<u8, Refusal> {
    let mut reader = Reader::new(data);
    let state = reader.byte()?;
    reader.end()?;
    Ok(state)
}
