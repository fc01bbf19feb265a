use crate::fault::Outcome;
use pinocchio::sysvars::{clock::Clock, Sysvar};

/// The chain's time, in seconds. It is the median of what validators say, and may be some seconds off.
#[inline(always)]
pub fn now() -> Outcome<i64> {
    Ok(Clock::get()?.unix_timestamp)
}
