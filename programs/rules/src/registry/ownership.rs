use crate::bytes::{same, Key};
use crate::refusal::Refusal;
use crate::registry::account::Agent;

/// Says who may take the agent over. Nobody, when it is zero.
pub fn offer(agent: &mut Agent, heir: &Key) {
    agent.heir = *heir;
}

/// Whoever it was offered to owns it from now on, with its stake and whatever hangs over that.
pub fn accept(agent: &mut Agent, heir: &Key) -> Result<(), Refusal> {
    if agent.heir == [0; 32] || !same(&agent.heir, heir) {
        return Err(Refusal::HeirWrong);
    }
    agent.owner = *heir;
    agent.heir = [0; 32];
    Ok(())
}
