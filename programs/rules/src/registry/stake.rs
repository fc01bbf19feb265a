use crate::refusal::Refusal;
use crate::registry::account::Agent;
use crate::registry::slash::locked;

/// How long stake stays in reach of a slash after its owner asked it back.
pub const COOL_DOWN_SECONDS: i64 = 21 * 86_400;

pub fn stake(agent: &mut Agent, amount: u64) -> Result<(), Refusal> {
    if amount == 0 {
        return Err(Refusal::AmountZero);
    }
    agent.staked = agent.staked.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
    Ok(())
}

/// Asks for more of the stake back. The time begins anew for all of it that has not left yet.
pub fn unstake(agent: &mut Agent, amount: u64, now: i64) -> Result<(), Refusal> {
    if amount == 0 {
        return Err(Refusal::AmountZero);
    }
    let leaving = agent.leaving.checked_add(amount).ok_or(Refusal::AmountOverflow)?;
    if leaving > agent.staked {
        return Err(Refusal::MoreThanStaked);
    }
    agent.leaving = leaving;
    agent.leaves_at = now.saturating_add(COOL_DOWN_SECONDS);
    Ok(())
}

/// What has cooled down and is about to leave: no new slash reaches it.
pub fn cooled(agent: &Agent, now: i64) -> u64 {
    if now >= agent.leaves_at {
        agent.leaving
    } else {
        0
    }
}

/// Takes out what has cooled down, but for what an open slash is about.
pub fn withdraw(agent: &mut Agent, now: i64) -> Result<u64, Refusal> {
    if agent.leaving == 0 {
        return Err(Refusal::NothingLeaving);
    }
    if now < agent.leaves_at {
        return Err(Refusal::CoolDownRunning);
    }
    let amount = agent.leaving.min(agent.staked.saturating_sub(locked(agent, now)));
    if amount == 0 {
        return Err(Refusal::StakeLocked);
    }
    agent.staked = agent.staked.saturating_sub(amount);
    agent.leaving = agent.leaving.saturating_sub(amount);
    Ok(amount)
}
