use crate::bytes::Key;
use crate::refusal::Refusal;
use crate::registry::account::Agent;
use crate::registry::stake::cooled;

/// How long the owner may contest a slash that was proposed.
pub const CONTEST_SECONDS: i64 = 7 * 86_400;
/// How long the members have to decide about one that was contested. Silence is the owner's.
pub const DECIDE_SECONDS: i64 = 30 * 86_400;
/// How long one that stands can be carried out.
pub const EXECUTE_SECONDS: i64 = 30 * 86_400;

const NONE: u8 = 0;
const PROPOSED: u8 = 1;
const CONTESTED: u8 = 2;
const UPHELD: u8 = 3;

/// Until when the open slash keeps stake from leaving: nobody can hold stake longer by doing nothing.
fn lapses(agent: &Agent) -> i64 {
    match agent.slash {
        PROPOSED => agent.slash_until.saturating_add(EXECUTE_SECONDS),
        _ => agent.slash_until,
    }
}

fn is_open(agent: &Agent, now: i64) -> bool {
    agent.slash != NONE && now <= lapses(agent)
}

/// What no withdrawal may touch.
pub fn locked(agent: &Agent, now: i64) -> u64 {
    if is_open(agent, now) {
        agent.slash_amount
    } else {
        0
    }
}

fn refuse_when_none(agent: &Agent, now: i64) -> Result<(), Refusal> {
    if is_open(agent, now) {
        Ok(())
    } else {
        Err(Refusal::SlashNone)
    }
}

/// One at a time, and never of what has cooled down: an arbiter that proposes again and again keeps nobody's stake.
pub fn propose(agent: &mut Agent, amount: u64, cause: &Key, now: i64) -> Result<(), Refusal> {
    if is_open(agent, now) {
        return Err(Refusal::SlashOpen);
    }
    if amount == 0 {
        return Err(Refusal::AmountZero);
    }
    if *cause == [0; 32] {
        return Err(Refusal::CauseMissing);
    }
    if amount > agent.staked.saturating_sub(cooled(agent, now)) {
        return Err(Refusal::MoreThanStaked);
    }
    agent.slash = PROPOSED;
    agent.slash_amount = amount;
    agent.slash_until = now.saturating_add(CONTEST_SECONDS);
    agent.cause = *cause;
    Ok(())
}

/// From now on it takes the members: without their word nothing of it happens.
pub fn contest(agent: &mut Agent, now: i64) -> Result<(), Refusal> {
    refuse_when_none(agent, now)?;
    if agent.slash != PROPOSED || now > agent.slash_until {
        return Err(Refusal::ContestTooLate);
    }
    agent.slash = CONTESTED;
    agent.slash_until = now.saturating_add(DECIDE_SECONDS);
    Ok(())
}

/// The members take so much of what was proposed to be right, or nothing of it.
pub fn decide(agent: &mut Agent, amount: u64, now: i64) -> Result<(), Refusal> {
    if agent.slash != CONTESTED || !is_open(agent, now) {
        return Err(Refusal::NothingContested);
    }
    if amount > agent.slash_amount {
        return Err(Refusal::MoreThanProposed);
    }
    if amount == 0 {
        clear(agent);
        return Ok(());
    }
    agent.slash = UPHELD;
    agent.slash_amount = amount;
    agent.slash_until = now.saturating_add(EXECUTE_SECONDS);
    Ok(())
}

/// What leaves for the place that was fixed when the agent was registered.
pub fn execute(agent: &mut Agent, now: i64) -> Result<u64, Refusal> {
    refuse_when_none(agent, now)?;
    match agent.slash {
        PROPOSED if now <= agent.slash_until => return Err(Refusal::WindowRunning),
        CONTESTED => return Err(Refusal::SlashUndecided),
        _ => {}
    }
    let amount = agent.slash_amount;
    agent.staked = agent.staked.checked_sub(amount).ok_or(Refusal::MoreThanStaked)?;
    agent.leaving = agent.leaving.min(agent.staked);
    agent.slashed_total = agent.slashed_total.saturating_add(amount);
    clear(agent);
    Ok(amount)
}

/// The arbiter takes its proposal back.
pub fn take_back(agent: &mut Agent, now: i64) -> Result<(), Refusal> {
    refuse_when_none(agent, now)?;
    clear(agent);
    Ok(())
}

fn clear(agent: &mut Agent) {
    agent.slash = NONE;
    agent.slash_amount = 0;
    agent.slash_until = 0;
    agent.cause = [0; 32];
}
