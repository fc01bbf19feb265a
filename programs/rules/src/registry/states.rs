use crate::refusal::Refusal;

/// What an agent, or one version of it, is at. A deprecated one goes on for who has it; only a draft was never to be called.
pub const DRAFT: u8 = 0;
pub const ACTIVE: u8 = 1;
pub const DEPRECATED: u8 = 2;
pub const SUSPENDED: u8 = 3;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mover {
    Owner,
    Arbiter,
}

/// Whether this mover may do that. Both stop an agent at any time, and only the arbiter undoes it: it is a draft then, which the
/// owner puts up again.
pub fn moved(from: u8, to: u8, by: Mover) -> Result<(), Refusal> {
    let allowed = match (from, to) {
        (DRAFT | DEPRECATED, ACTIVE) | (ACTIVE, DEPRECATED) => by == Mover::Owner,
        (DRAFT | ACTIVE | DEPRECATED, SUSPENDED) => true,
        (SUSPENDED, DRAFT) => by == Mover::Arbiter,
        _ => false,
    };
    if allowed {
        Ok(())
    } else {
        Err(Refusal::StateMoveRefused)
    }
}
